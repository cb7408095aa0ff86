package dev.caravan.generate;

import dev.caravan.data.FinishReason;
import dev.caravan.io.Interrupt;
import dev.caravan.io.Interrupted;
import dev.caravan.io.Json;
import dev.caravan.io.Ledger;
import dev.caravan.io.Progress;
import dev.caravan.io.Sha256;
import dev.caravan.io.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A model whose answers stay on the disk, so that a killed job begins none of them anew.
///
/// Questions are asked in portions, each of which is finished, and kept, before the next one begins. Portions depend
/// on the questions alone: since neighbours in a batch change an answer by rounding, only a portion that is written
/// as a whole gives the bytes that a job without interruption gives. Log-probabilities of answers are kept, and told,
/// where that is asked for; those of the first tokens of decisions always are.
public final class KeptModel implements ChatModel {
    private final ChatModel model;
    private final Ledger<Portion> ledger;
    private final int most;
    private final boolean keepsLogProbs;
    private long promptTokens;
    private long tokens;

    /// Answers to consecutive questions, or the weights of consecutive choices.
    ///
    /// @param request the SHA-256 of all that they depend on, the model aside
    public record Portion(String request, List<List<Kept>> answers, Optional<List<List<Likelihood>>> weighed) {}

    /// @param text of the answer; or else why there is none
    /// @param logProbs of its tokens, where they are kept
    /// @param beginnings the likeliest first tokens of a decision
    public record Kept(
            Optional<String> text,
            Optional<FinishReason> finish,
            long promptTokens,
            long tokens,
            Optional<String> failed,
            Optional<List<Float>> logProbs,
            Optional<List<Answer.Beginning>> beginnings) {
        private static Kept of(Answer answer, boolean withLogProbs) {
            return switch (answer) {
                case Answer.Written written ->
                    new Kept(
                            Optional.of(written.text()),
                            Optional.of(written.finish()),
                            written.promptTokens(),
                            written.tokens(),
                            Optional.empty(),
                            Optional.of(written.logProbs()).filter(_ -> withLogProbs),
                            Optional.of(written.beginnings()).filter(told -> !told.isEmpty()));
                case Answer.Failed(var because) ->
                    new Kept(
                            Optional.empty(),
                            Optional.empty(),
                            0,
                            0,
                            Optional.of(because),
                            Optional.empty(),
                            Optional.empty());
            };
        }

        private Answer answer() {
            if (text.isEmpty()) return new Answer.Failed(failed.orElse(""));
            return new Answer.Written(
                    text.get(),
                    finish.orElse(FinishReason.STOP),
                    promptTokens,
                    tokens,
                    logProbs.orElse(List.of()),
                    beginnings.orElse(List.of()));
        }
    }

    /// @param model is closed with this
    /// @param file of this model's answers only
    /// @param most answers of a portion, where one question does not have more
    public KeptModel(ChatModel model, Store store, Path file, int most) {
        this(model, store, file, most, false);
    }

    /// @param keepsLogProbs whether those of every token are kept
    public KeptModel(ChatModel model, Store store, Path file, int most, boolean keepsLogProbs) {
        if (most < 1) throw new IllegalArgumentException("most must be positive, got " + most);
        this.model = model;
        this.most = most;
        this.keepsLogProbs = keepsLogProbs;
        ledger = Ledger.open(store, file, Portion.class, portion -> Optional.of(portion.request()), _ -> {});
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public void close() {
        try (ledger) {
            model.close();
        }
    }

    /// Of all answers, whether they were written now or kept.
    @Override
    public SequencedMap<String, Number> numbers() {
        var numbers = new LinkedHashMap<String, Number>();
        numbers.put("prompt_tokens", promptTokens);
        numbers.put("completion_tokens", tokens);
        return numbers;
    }

    @Override
    public List<Weights> weigh(List<Choice> choices, Watch watch, Listener<Weights> listener) {
        var all = new ArrayList<Weights>();
        while (all.size() < choices.size()) {
            int first = all.size();
            if (first > 0 && watch.interrupt().requested()) throw stopped("choice", first, choices.size());
            List<Choice> portion = choices.subList(first, Math.min(choices.size(), first + most));
            all.addAll(weighed(portion, within(watch, first, choices.size())));
            for (int i = first; i < all.size(); i++) {
                listener.answered(i, all.get(i));
            }
        }
        return all;
    }

    /// A portion with a choice that nobody could weigh is not kept.
    private List<Weights> weighed(List<Choice> portion, Watch watch) {
        String request = Sha256.of(Json.write(portion));
        Optional<List<List<Likelihood>>> kept = ledger.find(request).flatMap(Portion::weighed);
        if (kept.isPresent()) {
            return kept.get().stream().<Weights>map(Weights.Told::new).toList();
        }
        List<Weights> weighed = model.weigh(portion, watch, (_, _) -> {});
        List<List<Likelihood>> told = weighed.stream()
                .filter(Weights.Told.class::isInstance)
                .map(weights -> ((Weights.Told) weights).likelihoods())
                .toList();
        if (told.size() == portion.size()) ledger.add(new Portion(request, List.of(), Optional.of(told)));
        return weighed;
    }

    private static Interrupted stopped(String what, long done, long all) {
        return new Interrupted("stopped at %s %d of %d; run again, and it goes on".formatted(what, done, all));
    }

    @Override
    public List<List<Answer>> answers(
            List<Question> questions, Sampling sampling, long seed, Watch watch, Listener<List<Answer>> listener) {
        var answers = new ArrayList<List<Answer>>();
        long all = questions.stream().mapToLong(Question::samples).sum();
        long done = 0;
        for (List<Question> portion : portions(questions)) {
            if (done > 0 && watch.interrupt().requested()) {
                throw stopped("answer", done, all);
            }
            int first = answers.size();
            List<List<Answer>> finished = portion(portion, sampling, seed, within(watch, done, all));
            answers.addAll(finished);
            for (int i = 0; i < finished.size(); i++) {
                listener.answered(first + i, finished.get(i));
            }
            done += portion.stream().mapToLong(Question::samples).sum();
        }
        return answers;
    }

    private List<List<Answer>> portion(List<Question> questions, Sampling sampling, long seed, Watch watch) {
        String request = Sha256.of(Json.write(List.of(seed, sampling, questions)));
        List<List<Kept>> kept = ledger.find(request).map(Portion::answers).orElseGet(() -> {
            var portion = new Portion(
                    request,
                    model.answers(questions, sampling, seed, watch).stream()
                            .map(answers -> answers.stream()
                                    .map(answer -> Kept.of(answer, keepsLogProbs))
                                    .toList())
                            .toList(),
                    Optional.empty());
            ledger.add(portion);
            return portion.answers();
        });
        kept.forEach(this::count);
        return kept.stream()
                .map(answers -> answers.stream().map(Kept::answer).toList())
                .toList();
    }

    private void count(List<Kept> answers) {
        promptTokens += answers.getFirst().promptTokens();
        tokens += answers.stream().mapToLong(Kept::tokens).sum();
    }

    private List<List<Question>> portions(List<Question> questions) {
        var portions = new ArrayList<List<Question>>();
        var portion = new ArrayList<Question>();
        int samples = 0;
        for (Question question : questions) {
            if (!portion.isEmpty() && samples + question.samples() > most) {
                portions.add(List.copyOf(portion));
                portion.clear();
                samples = 0;
            }
            portion.add(question);
            samples += question.samples();
        }
        if (!portion.isEmpty()) portions.add(List.copyOf(portion));
        return portions;
    }

    /// A portion's progress as part of all, and its interruption as one of all.
    private static Watch within(Watch watch, long before, long all) {
        Progress whole = watch.progress();
        Interrupt interrupt = watch.interrupt();
        return new Watch(
                new Progress() {
                    @Override
                    public void begin(String stage) {
                        whole.begin(stage);
                    }

                    @Override
                    public void step(long step, long steps, SequencedMap<String, ? extends Number> numbers) {
                        whole.step(before + step, all, numbers);
                    }

                    @Override
                    public void say(String message) {
                        whole.say(message);
                    }
                },
                interrupt);
    }
}
