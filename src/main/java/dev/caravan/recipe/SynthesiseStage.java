package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.generate.Endpoint;
import dev.caravan.generate.Sampling;
import dev.caravan.generate.Watch;
import dev.caravan.generate.synthesis.Kind;
import dev.caravan.generate.synthesis.Personas;
import dev.caravan.generate.synthesis.PromptFiles;
import dev.caravan.generate.synthesis.Synthesis;
import dev.caravan.generate.synthesis.SynthesisFiles;
import dev.caravan.generate.synthesis.SynthesisReport;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Rows written by a model or an endpoint for personas ([section 2.2.2](https://arxiv.org/abs/2411.15124)): one
/// persona, one prompt, one answer. `rejected.jsonl` has the rows that are of no use, each with its reason.
///
/// @param out the stage's name
/// @param kind what is written
/// @param model that writes; or else `endpoint`
/// @param endpoint that writes
/// @param rows that are tried
/// @param personas a file of rows `{"persona": …}`; absent: two hundred of our own
/// @param prompts a folder with files that take the place of our prompts of their name
/// @param temperature of all that is written
/// @param topP only the likeliest tokens that together reach this probability
/// @param maxTokens tokens of a text at most
/// @param votes answers to each prompt; of mathematical ones the most frequent is taken
/// @param agreement share of the votes that must agree
/// @param relax whether prompts with two constraints or more also make preference pairs, whose rejected answer is one
///     to the prompt without one of them
/// @param verified whether answers to constraints are checked, and rejected where they fail
/// @param template how messages become text for a model: `own`, `tulu` or a file
/// @param batch answers that a model writes at a time
public record SynthesiseStage(
        String out,
        Kind kind,
        Optional<Reference> model,
        Optional<Endpoint> endpoint,
        @Default("1000") int rows,
        Optional<Reference> personas,
        Optional<Reference> prompts,
        @Default("0.7") double temperature,
        @Default("0.95") double topP,
        @Default("1024") int maxTokens,
        @Default("1") int votes,
        @Default("0.5") double agreement,
        @Default("false") boolean relax,
        @Default("true") boolean verified,
        @Default("own") String template,
        @Default("64") int batch)
        implements Stage {
    public SynthesiseStage {
        new Answering("model", model, endpoint, template, batch);
        Rules.positive("batch", batch);
        synthesis(
                kind,
                rows,
                sampling(temperature, topP, maxTokens),
                votes,
                agreement,
                relax,
                verified,
                Optional.empty(),
                Personas.own(0),
                0);
    }

    private static Sampling sampling(double temperature, double topP, int maxTokens) {
        return new Sampling(maxTokens, temperature, 0, topP, 0, 1, List.of(), false);
    }

    private static Synthesis synthesis(
            Kind kind,
            int rows,
            Sampling sampling,
            int votes,
            double agreement,
            boolean relax,
            boolean verified,
            Optional<java.nio.file.Path> prompts,
            Personas personas,
            long seed) {
        return new Synthesis(
                kind, rows, sampling, votes, agreement, relax, verified, new PromptFiles(prompts), personas, seed);
    }

    private Answering answering() {
        return new Answering("model", model, endpoint, template, batch);
    }

    private Optional<Input> personaFile() {
        return personas.map(reference -> new Input("personas", reference, Artifact.PERSONAS));
    }

    private Optional<Input> promptFiles() {
        return prompts.map(reference -> new Input("prompts", reference, Artifact.PROMPT_FILES));
    }

    @Override
    public List<Input> inputs() {
        return Stream.of(answering().input(), personaFile(), promptFiles())
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Set<Artifact> gives() {
        return relax
                ? EnumSet.of(Artifact.CONVERSATIONS, Artifact.PROMPTS, Artifact.PAIRS)
                : EnumSet.of(Artifact.CONVERSATIONS, Artifact.PROMPTS);
    }

    @Override
    public boolean asksVerifiers() {
        return true;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void run(StageRun run) {
        Personas people = personaFile()
                .map(input -> Personas.read(run.input(input), run.seed()))
                .orElseGet(() -> Personas.own(run.seed()));
        Synthesis synthesis = synthesis(
                kind,
                rows,
                sampling(temperature, topP, maxTokens),
                votes,
                agreement,
                relax,
                verified,
                promptFiles().map(run::input),
                people,
                run.seed());
        try (var writer = answering().open(run);
                var files = SynthesisFiles.create(run.store(), run.folder(), relax)) {
            SynthesisReport report = synthesis.write(writer, files, new Watch(run.progress(), run.interrupt()));
            count(run, report);
            writer.numbers().forEach((name, number) -> run.counts().note(name, number.longValue()));
            DataRows.requireSome(report.out(), run, out);
            files.publish(report);
        }
    }

    private static void count(StageRun run, SynthesisReport report) {
        run.counts().in(report.in());
        run.counts().out(report.out());
        report.rejected().forEach(run.counts()::reject);
        run.counts().note("preference pairs", report.pairs());
    }
}
