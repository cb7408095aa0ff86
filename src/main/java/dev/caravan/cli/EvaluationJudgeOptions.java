package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.curate.Embedder;
import dev.caravan.curate.Embedders;
import dev.caravan.eval.EvalTask;
import dev.caravan.eval.Evaluator;
import dev.caravan.eval.Judging;
import dev.caravan.generate.ChatModel;
import dev.caravan.io.Store;
import dev.caravan.judge.RefusalLabels;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/// `--judge` and how it decides, for `caravan evaluate`.
final class EvaluationJudgeOptions {
    @Option(
            names = "--judge",
            paramLabel = "M|URL",
            description = "who decides preferences, and whether answers refuse in place of words: a model, or an"
                    + " OpenAI-compatible server")
    private Optional<String> judge = Optional.empty();

    @Option(
            names = "--judge-model",
            paramLabel = "N",
            description = "the judge as its server calls it (default: the only one that it lists)")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--judge-key-env",
            paramLabel = "NAME",
            description = "the environment variable with the judge's key (default: no key is sent)")
    private Optional<String> keyEnv = Optional.empty();

    @Option(
            names = "--judge-prompts",
            paramLabel = "FOLDER",
            description = "files that take the place of our prompts of their name: preference.txt, refusal.txt,"
                    + " classifier.txt")
    private Optional<Path> prompts = Optional.empty();

    @Option(
            names = "--refusal-label",
            paramLabel = "L",
            description = "the judge is a classifier whose reply has a line 'L: yes' where an answer refuses, such as"
                    + " 'Response refusal' of WildGuard; it is asked by classifier.txt")
    private Optional<String> refusalLabel = Optional.empty();

    @Option(
            names = "--harm-label",
            paramLabel = "L",
            description = "the classifier's label of answers that do harm, such as 'Harmful response'; it decides where"
                    + " a refusal is right")
    private Optional<String> harmLabel = Optional.empty();

    @Option(
            names = "--label-words",
            paramLabel = "YES,NO",
            split = ",",
            arity = "1",
            description = "the classifier's words for a label that holds and one that does not (default: yes,no)")
    private List<String> words = List.of();

    @Option(
            names = "--embedder",
            paramLabel = "NAME",
            description = "whose vectors decide, in place of the judge, the preferences that a task leaves to"
                    + " similarity, such as minilm (default: the judge decides all)")
    private Optional<String> embedder = Optional.empty();

    /// Refuses tasks that nobody decides, and what a judge is told where there is none.
    void require(List<EvalTask> tasks) {
        boolean asked = labels().isPresent() || prompts.isPresent() || embedder.isPresent();
        if (judge.isEmpty() && asked) {
            throw new RecipeException("--refusal-label, --harm-label, --judge-prompts and --embedder say how a judge"
                    + " decides: name a model or the address of a server with --judge");
        }
        List<String> judged = Evaluator.needingJudge(tasks);
        if (judge.isPresent() || judged.isEmpty()) return;
        throw new RecipeException("%s: a judge decides it; name a model or the address of a server with --judge"
                .formatted(String.join(", ", judged)));
    }

    private Optional<RefusalLabels> labels() {
        if (refusalLabel.isEmpty() && harmLabel.isEmpty()) {
            if (words.isEmpty()) return Optional.empty();
            throw new RecipeException("--label-words are a classifier's: name its label with --refusal-label too");
        }
        List<String> said = words.isEmpty() ? List.of("yes", "no") : words;
        if (said.size() != 2) throw new RecipeException("--label-words must be two words, such as yes,no");
        try {
            return Optional.of(new RefusalLabels(
                    refusalLabel.orElse("Response refusal"), harmLabel, said.getFirst(), said.getLast()));
        } catch (IllegalArgumentException e) {
            throw new RecipeException("--refusal-label, --harm-label, --label-words: " + e.getMessage());
        }
    }

    /// Does the work with the judge, where one is named.
    ///
    /// @param out the command's folder, where an endpoint's replies are kept
    void with(Optional<Path> out, Consumer<Optional<Judging>> work) {
        if (judge.isEmpty()) {
            work.accept(Optional.empty());
            return;
        }
        Optional<Embedder> vectors = embedder.map(Embedders::named);
        new AnswersOption().keeping(judge.get(), out.map(folder -> folder.resolve("judge")), kept -> {
            try (ChatModel opened = ChatModelOptions.ofJudge(model, keyEnv).open(judge.get(), new Store(), kept)) {
                work.accept(Optional.of(new Judging(opened, prompts, labels(), vectors)));
            }
            return 0;
        });
    }
}
