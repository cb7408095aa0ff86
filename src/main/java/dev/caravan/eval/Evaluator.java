package dev.caravan.eval;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import dev.caravan.generate.Answer;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Choice;
import dev.caravan.generate.Question;
import dev.caravan.generate.Watch;
import dev.caravan.generate.Weights;
import dev.caravan.io.Interrupted;
import dev.caravan.io.Json;
import dev.caravan.io.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Has a model answer the items of tasks, and scores the answers.
///
/// @param fingerprint what the answers depend on beside the items: weights, template and arithmetic, or the endpoint
/// @param seed of the draws of answers that are sampled
/// @param judge who decides the tasks that verifiers cannot, and whether answers refuse
public record Evaluator(ChatModel model, String fingerprint, long seed, Watch watch, Optional<Judging> judge) {
    private static final int VERDICTS_AT_A_TIME = 64;
    private static final Weights NOT_ASKED_FOR = new Weights.Told(List.of());

    /// Without a judge.
    public Evaluator(ChatModel model, String fingerprint, long seed, Watch watch) {
        this(model, fingerprint, seed, watch, Optional.empty());
    }

    /// The names of tasks that need a judge.
    public static List<String> needingJudge(List<EvalTask> tasks) {
        return tasks.stream()
                .filter(task -> task.definition().needsJudge())
                .map(EvalTask::name)
                .toList();
    }

    /// The results of a task's items, in their order. Nothing is kept.
    public List<ItemResult> results(EvalTask task) {
        return results(task, Optional.empty());
    }

    /// The results of a task's items, in their order. Items that the file holds already are not asked again; those
    /// that nobody could answer are.
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
        private int done;

        Asking(EvalTask task, Optional<AnswerFile> file) {
            this.task = task;
            this.file = file;
            scoring = task.definition().scoring();
            keys = task.items().stream().map(this::key).toList();
            responses = new ArrayList<>(keys.stream()
                    .map(key -> file.flatMap(answers -> answers.known(key)))
                    .toList());
            done = (int) responses.stream().filter(Optional::isPresent).count();
        }

        /// What an answer depends on: the item, the model and how it answers.
        private String key(EvalItem item) {
            String how = scoring.writing()
                    .map(writing -> Json.write(List.of(writing.sampling(), writing.samples(), seed)))
                    .orElseGet(this::prompt);
            return Sha256.of(String.join("\n", item.hash(), fingerprint, how));
        }

        /// The one that asks nothing, where the choices are weighed behind it too.
        private String prompt() {
            return scoring instanceof Scoring.ChoiceScoring choice
                            && choice.normalise() == Scoring.Normalisation.UNCONDITIONAL
                    ? choice.unconditional()
                    : "";
        }

        void askTheRest() {
            int[] left = IntStream.range(0, keys.size())
                    .filter(i -> responses.get(i).isEmpty())
                    .toArray();
            if (done > 0) say("%d of %d items are answered already".formatted(done, keys.size()));
            if (left.length == 0) return;
            if (scoring instanceof Scoring.ChoiceScoring choice) weigh(choice, left);
            scoring.writing().ifPresent(writing -> write(writing, left));
        }

        private void write(Scoring.Writing writing, int[] left) {
            List<Question> questions = items(left)
                    .map(item -> item.prompt().question(item.id(), writing.samples()))
                    .toList();
            var failures = new ArrayList<String>();
            model.answers(questions, writing.sampling(), seed, watch, (i, answers) -> {
                answers.stream()
                        .filter(Answer.Failed.class::isInstance)
                        .findFirst()
                        .ifPresent(failed -> failures.add(((Answer.Failed) failed).because()));
                answered(left[i], new Response.Written(answers));
            });
            sayFailures(failures);
        }

        private void sayFailures(List<String> failures) {
            if (failures.isEmpty()) return;
            say("%d of %d items have no answer, the first because %s"
                    .formatted(failures.size(), keys.size(), failures.getFirst()));
        }

        private void weigh(Scoring.ChoiceScoring choice, int[] left) {
            boolean twice = choice.normalise() == Scoring.Normalisation.UNCONDITIONAL;
            List<Choice> choices = items(left)
                    .map(item -> new Choice(item.prompt().question(item.id(), 1), continuations(item)))
                    .toList();
            List<Weights> bare = twice ? weigh(unconditional(choice, choices), (_, _) -> {}) : List.of();
            var failures = new ArrayList<String>();
            weigh(choices, (i, weights) -> {
                Response response = weighed(weights, twice ? bare.get(i) : NOT_ASKED_FOR);
                if (response instanceof Response.Missing(var because)) failures.add(because);
                answered(left[i], response);
            });
            sayFailures(failures);
        }

        /// @throws RecipeException with the task's name, when the model cannot weigh
        private List<Weights> weigh(List<Choice> choices, ChatModel.Listener<Weights> listener) {
            try {
                return model.weigh(choices, watch, listener);
            } catch (RecipeException e) {
                throw new RecipeException(task.name() + ": " + e.getMessage());
            } catch (DataException e) {
                throw new DataException(task.name() + ": " + e.getMessage(), e);
            }
        }

        private static Response weighed(Weights choices, Weights unconditional) {
            if (choices instanceof Weights.Failed(var because)) return new Response.Missing(because);
            if (unconditional instanceof Weights.Failed(var because)) return new Response.Missing(because);
            return new Response.Weighed(
                    ((Weights.Told) choices).likelihoods(), ((Weights.Told) unconditional).likelihoods());
        }

        private static List<Choice> unconditional(Scoring.ChoiceScoring scored, List<Choice> choices) {
            return choices.stream()
                    .map(choice -> new Choice(
                            new Question.Text(choice.question().key(), scored.unconditional(), 1),
                            choice.continuations()))
                    .toList();
        }

        private Stream<EvalItem> items(int[] places) {
            return IntStream.of(places).mapToObj(i -> task.items().get(i));
        }

        private static List<String> continuations(EvalItem item) {
            var target = (Target.Choices) item.target();
            return target.texts().stream()
                    .map(text -> target.delimiter() + text)
                    .toList();
        }

        private void say(String message) {
            watch.progress().say(task.name() + ": " + message);
        }

        private void answered(int item, Response response) {
            responses.set(item, Optional.of(response));
            file.ifPresent(answers -> answers.add(task.items().get(item), keys.get(item), response));
            done++;
            if (done < keys.size() && watch.interrupt().requested()) {
                throw new Interrupted("stopped at item %d of %d of %s; run again, and %s"
                        .formatted(
                                done,
                                keys.size(),
                                task.name(),
                                file.isPresent() ? "the others are answered" : "the answers begin anew"));
            }
        }

        List<ItemResult> judged() {
            boolean asked = judge.isPresent() && task.definition().mayHaveJudge();
            return asked ? byJudge(judge.orElseThrow()) : byVerifier();
        }

        private List<ItemResult> byJudge(Judging judge) {
            say("asks " + judge.model().name() + " to judge");
            List<Response.Written> written = responses.stream()
                    .map(response -> (Response.Written) response.orElseThrow())
                    .toList();
            var judgements = new JudgedItems(judge, seed, watch).of(task.items(), written);
            return IntStream.range(0, keys.size())
                    .mapToObj(i -> ItemScoring.of(
                            task.items().get(i), keys.get(i), written.get(i), scoring, judgements.get(i)))
                    .toList();
        }

        private List<ItemResult> byVerifier() {
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
