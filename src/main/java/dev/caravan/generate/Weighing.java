package dev.caravan.generate;

import dev.caravan.DataException;
import dev.caravan.io.Interrupted;
import dev.caravan.model.CausalLm;
import dev.caravan.model.Scorer;
import dev.caravan.model.Sequence;
import dev.caravan.text.Continuation;
import dev.caravan.text.TokenContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/// Weighs given texts with a model of this machine.
///
/// @param name of the model, for messages
record Weighing(String name, CausalLm model, TokenContract contract) {
    private static final int TOKENS_AT_ONCE = 4096;

    List<Weights> of(List<Choice> choices, Watch watch, ChatModel.Listener<Weights> listener) {
        List<List<Sequence>> groups = choices.stream().map(this::sequences).toList();
        var all = new ArrayList<Weights>();
        long started = System.nanoTime();
        long tokens = 0;
        for (List<List<Sequence>> part : Scorer.parts(groups, TOKENS_AT_ONCE)) {
            for (List<Likelihood> group : likelihoods(part)) {
                var weights = new Weights.Told(group);
                listener.answered(all.size(), weights);
                all.add(weights);
                tokens += group.stream().mapToInt(Likelihood::tokens).sum();
                tell(watch, all.size(), choices.size(), tokens / Math.max(1e-9, (System.nanoTime() - started) / 1e9));
            }
        }
        return all;
    }

    private static void tell(Watch watch, int done, int all, double tokensPerSecond) {
        var numbers = new LinkedHashMap<String, Double>();
        numbers.put("tokens_per_second", tokensPerSecond);
        watch.progress().step(done, all, numbers);
        if (done < all && watch.interrupt().requested()) {
            throw new Interrupted(
                    "stopped at choice %d of %d; run again, and these choices begin anew".formatted(done, all));
        }
    }

    private List<List<Likelihood>> likelihoods(List<List<Sequence>> part) {
        List<float[]> logProbs = new Scorer(TOKENS_AT_ONCE).logProbs(model, part, 1);
        var groups = new ArrayList<List<Likelihood>>();
        int first = 0;
        for (List<Sequence> group : part) {
            groups.add(logProbs.subList(first, first + group.size()).stream()
                    .map(Weighing::likelihood)
                    .toList());
            first += group.size();
        }
        return groups;
    }

    private static Likelihood likelihood(float[] logProbs) {
        double sum = 0;
        for (float logProb : logProbs) sum += logProb;
        return new Likelihood(sum, logProbs.length);
    }

    private List<Sequence> sequences(Choice choice) {
        return choice.continuations().stream()
                .map(text -> sequence(choice.question(), text))
                .toList();
    }

    private Sequence sequence(Question question, String text) {
        Continuation split = switch (question) {
            case Question.Text plain -> Continuation.of(contract, plain.prompt(), text);
            case Question.Decision decision -> inChat(decision.chat(), text);
            case Question.Chat chat -> inChat(chat, text);
        };
        int length = split.promptIds().length + split.continuationIds().length;
        if (split.continuationIds().length == 0) {
            throw new DataException("the choice '%s' has no tokens to weigh".formatted(text));
        }
        if (length > model.config().maxPositions()) {
            throw new DataException(("question %s has %d tokens with the choice '%s', but the context of %s has %d;"
                            + " use fewer examples or a model with a longer context")
                    .formatted(
                            question.key(), length, text, name, model.config().maxPositions()));
        }
        return Sequence.of(split.promptIds(), split.continuationIds());
    }

    /// The rule of [Continuation], applied to what the assistant says.
    private Continuation inChat(Question.Chat chat, String text) {
        int[] turns = contract.prompt(chat.messages());
        int[] whole = contract.tokenizer().encode(chat.opening() + text);
        int split = contract.tokenizer().encode(chat.opening().stripTrailing()).length;
        return new Continuation(
                LocalModel.joined(turns, Arrays.copyOf(whole, split)), Arrays.copyOfRange(whole, split, whole.length));
    }
}
