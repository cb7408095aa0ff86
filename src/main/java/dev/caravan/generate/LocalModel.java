package dev.caravan.generate;

import dev.caravan.data.Completion;
import dev.caravan.io.Interrupted;
import dev.caravan.model.CausalLm;
import dev.caravan.text.TokenContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A model on this machine that answers. Its tensors stay on the thread that asks.
public final class LocalModel implements ChatModel {
    private final String name;
    private final CausalLm model;
    private final TokenContract contract;
    private final IntUnaryOperator batch;
    private final Set<Integer> endTokens;
    private long promptTokens;
    private long tokens;

    /// @param name as reports have it
    /// @param model is closed with this
    /// @param batch how many answers are written at a time, by the tokens that one may have
    public LocalModel(String name, CausalLm model, TokenContract contract, IntUnaryOperator batch) {
        this.name = name;
        this.model = model;
        this.contract = contract;
        this.batch = batch;
        endTokens = Arrays.stream(contract.endTokenIds()).boxed().collect(Collectors.toUnmodifiableSet());
    }

    /// @param batch answers written at a time
    public LocalModel(String name, CausalLm model, TokenContract contract, int batch) {
        this(name, model, contract, _ -> batch);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        model.close();
    }

    @Override
    public SequencedMap<String, Number> numbers() {
        var numbers = new LinkedHashMap<String, Number>();
        numbers.put("prompt_tokens", promptTokens);
        numbers.put("completion_tokens", tokens);
        return numbers;
    }

    @Override
    public List<Weights> weigh(List<Choice> choices, Watch watch, Listener<Weights> listener) {
        return new Weighing(name, model, contract).of(choices, watch, listener);
    }

    @Override
    public List<List<Answer>> answers(
            List<Question> questions, Sampling sampling, long seed, Watch watch, Listener<List<Answer>> listener) {
        var work = new Work(questions, watch, listener);
        new Generator(model, endTokens, contract::text, batch.applyAsInt(sampling.maxTokens()))
                .generate(work.requests, sampling, seed, work);
        return work.answers;
    }

    private int[] ids(Question question) {
        return switch (question) {
            case Question.Decision decision -> ids(decision.chat());
            case Question.Chat chat ->
                joined(contract.prompt(chat.messages()), contract.tokenizer().encode(chat.opening()));
            case Question.Text text -> contract.plainText(text.prompt());
        };
    }

    static int[] joined(int[] first, int[] second) {
        return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }

    private boolean fits(int[] prompt) {
        return prompt.length > 0 && prompt.length < model.config().maxPositions();
    }

    /// Of all first tokens it tells the one that it drew.
    private Answer.Written answer(Question question, Completion completion, int promptTokens) {
        var written = Answer.Written.of(completion, promptTokens);
        if (!(question instanceof Question.Decision) || completion.ids().length == 0) return written;
        String first = contract.text(new int[] {completion.ids()[0]});
        return written.beginningWith(
                List.of(new Answer.Beginning(first, completion.logprobs()[0])));
    }

    private Answer tooLong(int[] prompt) {
        return new Answer.Failed("the prompt has %d tokens; %s takes from 1 to %d"
                .formatted(prompt.length, name, model.config().maxPositions() - 1));
    }

    /// One list of questions; those that fit are requests.
    private final class Work implements Generator.Listener {
        private final List<Question> questions;
        private final List<Request> requests = new ArrayList<>();
        private final List<Integer> places = new ArrayList<>(); // of the requests among the questions
        private final List<List<Answer>> answers = new ArrayList<>();
        private final List<Completion[]> written = new ArrayList<>();
        private final Watch watch;
        private final Listener<List<Answer>> listener;
        private final long started = System.nanoTime();
        private final long all;

        Work(List<Question> questions, Watch watch, Listener<List<Answer>> listener) {
            this.questions = questions;
            this.watch = watch;
            this.listener = listener;
            questions.forEach(this::add);
            all = requests.stream().mapToLong(Request::samples).sum();
        }

        private void add(Question question) {
            int[] ids = ids(question);
            if (fits(ids)) {
                requests.add(new Request(question.key(), ids, question.samples()));
                places.add(answers.size());
                written.add(new Completion[question.samples()]);
                answers.add(List.of());
            } else {
                List<Answer> failed = List.of(tooLong(ids));
                answers.add(failed);
                listener.answered(answers.size() - 1, failed);
            }
        }

        @Override
        public void written(int request, int sample, Completion completion) {
            Completion[] samples = written.get(request);
            samples[sample] = completion;
            if (!Arrays.asList(samples).contains(null)) finish(request, samples);
        }

        private void finish(int request, Completion[] samples) {
            int prompt = requests.get(request).promptIds().length;
            promptTokens += prompt;
            var finished = new ArrayList<Answer>();
            for (Completion one : samples) {
                tokens += one.ids().length;
                finished.add(answer(questions.get(places.get(request)), one, prompt));
            }
            answers.set(places.get(request), List.copyOf(finished));
            listener.answered(places.get(request), List.copyOf(finished));
        }

        @Override
        public void finished(int done, long writtenTokens) {
            var numbers = new LinkedHashMap<String, Double>();
            numbers.put("tokens_per_second", writtenTokens / Math.max(1e-9, (System.nanoTime() - started) / 1e9));
            watch.progress().step(done, all, numbers);
            if (done < all && watch.interrupt().requested()) {
                throw new Interrupted(
                        "stopped at answer %d of %d; run again, and those unfinished begin anew".formatted(done, all));
            }
        }
    }
}
