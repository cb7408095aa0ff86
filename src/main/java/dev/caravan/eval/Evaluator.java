package dev.caravan.eval;

import dev.caravan.io.Interrupt;
import dev.caravan.io.Interrupted;
import dev.caravan.io.Json;
import dev.caravan.io.Progress;
import dev.caravan.io.Sha256;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;

/// Has a model answer the items of tasks, and scores the answers.
///
/// @param seed of the draws of answers that are sampled
public record Evaluator(LanguageModel model, long seed, Progress progress, Interrupt interrupt) {
    private static final int VERDICTS_AT_A_TIME = 64;

    /// The results of a task's items, in their order. Nothing is kept.
    public List<ItemResult> results(EvalTask task) {
        return results(task, Optional.empty());
    }

    /// The results of a task's items, in their order. Items that the file holds already are not asked again.
    ///
    /// @throws Interrupted when asked to stop; the file holds what was answered
    public List<ItemResult> results(EvalTask task, Optional<AnswerFile> file) {
        var asking = new Asking(task, file);
        asking.askTheRest();
        List<ItemResult> results = asking.judged();
        file.ifPresent(answers -> answers.finish(results));
        return results;
    }

    private final class Asking {
        private final EvalTask task;
        private final Scoring scoring;
        private final Optional<AnswerFile> file;
        private final List<String> keys;
        private final List<Optional<Response>> responses;
        private final long started = System.nanoTime();
        private final int known;
        private int done;
        private long tokens;

        Asking(EvalTask task, Optional<AnswerFile> file) {
            this.task = task;
            this.file = file;
            scoring = task.definition().scoring();
            keys = task.items().stream().map(this::key).toList();
            responses = new ArrayList<>(keys.stream()
                    .map(key -> file.flatMap(answers -> answers.known(key)))
                    .toList());
            known = (int) responses.stream().filter(Optional::isPresent).count();
            done = known;
        }

        /// What an answer depends on: the item, the model and how it answers.
        private String key(EvalItem item) {
            String how = switch (scoring) {
                case Scoring.GenerationScoring generation ->
                    Json.write(List.of(generation.sampling(), generation.samples(), seed));
                case Scoring.ChoiceScoring choice ->
                    choice.normalise() == Scoring.Normalisation.UNCONDITIONAL ? choice.unconditional() : "";
            };
            return Sha256.of(String.join("\n", item.hash(), model.fingerprint(), how));
        }

        void askTheRest() {
            int[] left = IntStream.range(0, keys.size())
                    .filter(i -> responses.get(i).isEmpty())
                    .toArray();
            if (known > 0)
                progress.say("%s: %d of %d items are answered already".formatted(task.name(), known, keys.size()));
            if (left.length == 0) return;
            switch (scoring) {
                case Scoring.GenerationScoring generation -> write(generation, left);
                case Scoring.ChoiceScoring choice -> weigh(choice, left);
            }
        }

        private void write(Scoring.GenerationScoring generation, int[] left) {
            List<LanguageModel.Question> questions = IntStream.of(left)
                    .mapToObj(i -> task.items().get(i))
                    .map(item -> new LanguageModel.Question(item.id(), item.prompt(), generation.samples()))
                    .toList();
            model.complete(questions, generation.sampling(), seed, (i, completions) -> {
                tokens +=
                        completions.stream().mapToInt(c -> c.logprobs().length).sum();
                answered(left[i], new Response.Written(completions));
            });
        }

        private void weigh(Scoring.ChoiceScoring choice, int[] left) {
            boolean twice = choice.normalise() == Scoring.Normalisation.UNCONDITIONAL;
            List<LanguageModel.Choice> choices = IntStream.of(left)
                    .mapToObj(i -> task.items().get(i))
                    .map(item -> new LanguageModel.Choice(item.prompt(), continuations(item)))
                    .toList();
            var bare = new ArrayList<List<LanguageModel.Likelihood>>();
            if (twice) {
                model.weigh(
                        choices.stream()
                                .map(c -> new LanguageModel.Choice(
                                        new EvalPrompt.Plain(choice.unconditional()), c.continuations()))
                                .toList(),
                        (_, likelihoods) -> bare.add(likelihoods));
            }
            model.weigh(choices, (i, likelihoods) -> {
                tokens += likelihoods.stream()
                        .mapToInt(LanguageModel.Likelihood::tokens)
                        .sum();
                answered(left[i], new Response.Weighed(likelihoods, twice ? bare.get(i) : List.of()));
            });
        }

        private static List<String> continuations(EvalItem item) {
            var target = (Target.Choices) item.target();
            return target.texts().stream()
                    .map(text -> target.delimiter() + text)
                    .toList();
        }

        private void answered(int item, Response response) {
            responses.set(item, Optional.of(response));
            file.ifPresent(answers -> answers.add(task.items().get(item), keys.get(item), response));
            done++;
            var numbers = new LinkedHashMap<String, Double>();
            numbers.put("tokens_per_second", tokens / Math.max(1e-9, (System.nanoTime() - started) / 1e9));
            progress.step(done, keys.size(), numbers);
            if (done < keys.size() && interrupt.requested()) {
                throw new Interrupted("stopped at item %d of %d of %s; run again, and %s"
                        .formatted(
                                done,
                                keys.size(),
                                task.name(),
                                file.isPresent() ? "the others are answered" : "the answers begin anew"));
            }
        }

        List<ItemResult> judged() {
            var verifier = ItemScoring.verifier(scoring);
            return IntStream.range(0, keys.size())
                    .boxed()
                    .gather(Gatherers.mapConcurrent(
                            VERDICTS_AT_A_TIME,
                            i -> ItemScoring.of(
                                    task.items().get(i),
                                    keys.get(i),
                                    responses.get(i).orElseThrow(),
                                    scoring,
                                    verifier)))
                    .toList();
        }
    }
}
