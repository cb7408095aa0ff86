package dev.caravan.recipe;

import java.util.List;
import java.util.Set;

/// What a pipeline asks of a stage, which is a record of its settings. [Stage] seals it for recipes.
interface PipelineStage {
    /// The stage's name, unique in its recipe; others read its results by it.
    String out();

    /// What it reads. The keys are components of the record.
    List<Input> inputs();

    /// What it leaves in its folder.
    Set<Artifact> gives();

    /// Raised whenever the stage's code changes its results.
    int version();

    /// Whether its results depend on verdicts; on those of which verifiers, often only the data say.
    default boolean asksVerifiers() {
        return false;
    }

    /// Writes the stage's files into [StageRun#folder()], which is published as a whole afterwards.
    void run(StageRun run);
}
