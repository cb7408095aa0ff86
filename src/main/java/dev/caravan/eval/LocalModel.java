package dev.caravan.eval;

import dev.caravan.DataException;
import dev.caravan.data.Completion;
import dev.caravan.generate.Generator;
import dev.caravan.generate.Request;
import dev.caravan.generate.Sampling;
import dev.caravan.model.CausalLm;
import dev.caravan.model.Scorer;
import dev.caravan.model.Sequence;
import dev.caravan.text.Continuation;
import dev.caravan.text.TokenContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A model of this process.
///
/// @param name what messages call it
/// @param fingerprint of weights, template and arithmetic
/// @param batch completions written at a time; changes speed and memory
public record LocalModel(String name, CausalLm model, TokenContract contract, String fingerprint, int batch)
        implements LanguageModel {
    private static final int TOKENS_AT_ONCE = 4096;

    @Override
    public void complete(List<Question> questions, Sampling sampling, long seed, Listener<List<Completion>> listener) {
        List<Request> requests = questions.stream().map(this::request).toList();
        var ends = Arrays.stream(contract.endTokenIds()).boxed().collect(Collectors.toUnmodifiableSet());
        var waiting = new Waiting(requests, listener);
        new Generator(model, ends, contract::text, batch).generate(requests, sampling, seed, waiting);
    }

    private Request request(Question question) {
        return new Request(question.id(), fitting(question.id(), prompt(question.prompt())), question.samples());
    }

    private int[] fitting(String id, int[] ids) {
        int context = model.config().maxPositions();
        if (ids.length < context) return ids;
        throw new DataException(("item %s has %d tokens and leaves no room in the context of %s, %d tokens;"
                        + " use fewer examples (--shots) or a model with a longer context")
                .formatted(id, ids.length, name, context));
    }

    private int[] prompt(EvalPrompt prompt) {
        return switch (prompt) {
            case EvalPrompt.Plain plain -> contract.plainText(plain.text());
            case EvalPrompt.Chat chat ->
                joined(contract.prompt(chat.messages()), contract.tokenizer().encode(chat.opening()));
        };
    }

    private static int[] joined(int[] first, int[] second) {
        return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }

    /// Collects the samples of each request.
    private static final class Waiting implements Generator.Listener {
        private final Listener<List<Completion>> listener;
        private final Completion[][] samples;
        private final int[] missing;

        Waiting(List<Request> requests, Listener<List<Completion>> listener) {
            this.listener = listener;
            samples = requests.stream().map(r -> new Completion[r.samples()]).toArray(Completion[][]::new);
            missing = requests.stream().mapToInt(Request::samples).toArray();
        }

        @Override
        public void finished(int completions, long tokens) {}

        @Override
        public void written(int request, int sample, Completion completion) {
            samples[request][sample] = completion;
            if (--missing[request] == 0) listener.answered(request, List.of(samples[request]));
        }
    }

    @Override
    public void weigh(List<Choice> choices, Listener<List<Likelihood>> listener) {
        List<List<Sequence>> groups = new ArrayList<>();
        for (Choice choice : choices) {
            groups.add(sequences(choice));
        }
        int at = 0;
        for (List<List<Sequence>> part : Scorer.parts(groups, TOKENS_AT_ONCE)) {
            List<float[]> logProbs = new Scorer(TOKENS_AT_ONCE).logProbs(model, part, 1);
            int first = 0;
            for (List<Sequence> group : part) {
                listener.answered(
                        at++,
                        logProbs.subList(first, first + group.size()).stream()
                                .map(LocalModel::likelihood)
                                .toList());
                first += group.size();
            }
        }
    }

    private static Likelihood likelihood(float[] logProbs) {
        double sum = 0;
        for (float logProb : logProbs) sum += logProb;
        return new Likelihood(sum, logProbs.length);
    }

    private List<Sequence> sequences(Choice choice) {
        return choice.continuations().stream()
                .map(text -> sequence(choice.prompt(), text))
                .toList();
    }

    private Sequence sequence(EvalPrompt prompt, String text) {
        Continuation split = switch (prompt) {
            case EvalPrompt.Plain plain -> Continuation.of(contract, plain.text(), text);
            case EvalPrompt.Chat chat -> inChat(chat, text);
        };
        int length = split.promptIds().length + split.continuationIds().length;
        if (split.continuationIds().length == 0) {
            throw new DataException("the choice '%s' has no tokens to weigh".formatted(text));
        }
        fitting(text, new int[length - 1]);
        return Sequence.of(split.promptIds(), split.continuationIds());
    }

    /// The rule of [Continuation], applied to what the assistant says.
    private Continuation inChat(EvalPrompt.Chat chat, String text) {
        int[] turns = contract.prompt(chat.messages());
        int[] whole = contract.tokenizer().encode(chat.opening() + text);
        int split = contract.tokenizer().encode(chat.opening().stripTrailing()).length;
        return new Continuation(
                joined(turns, Arrays.copyOf(whole, split)), Arrays.copyOfRange(whole, split, whole.length));
    }
}
