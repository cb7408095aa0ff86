package dev.caravan.eval;

import dev.caravan.config.Default;
import dev.caravan.judge.JudgeVerifier;
import dev.caravan.verify.Verifiers;
import java.util.List;

/// An evaluation task as its file tells it, before its rows are at hand.
///
/// @param version grows with every change of the items or of how they are scored
/// @param metric what the score is, such as `accuracy`
/// @param items how many there are
/// @param source where the rows come from
/// @param format how a row becomes a prompt
/// @param scoring what the model does with it, and what that scores
/// @param average over all items alike, or over the means of the groups
/// @param decontaminate the texts of a row that must not be trained on
public record TaskDefinition(
        String name,
        int version,
        String metric,
        int items,
        TaskSource source,
        TaskFormat format,
        Scoring scoring,
        @Default("items") Average average,
        List<RowTemplate> decontaminate) {
    /// What a task's score is the mean of.
    public enum Average {
        ITEMS,
        GROUPS
    }

    public TaskDefinition {
        if (scoring instanceof Scoring.GenerationScoring generation
                && JudgeVerifier.Kind.named(generation.verifier()).isEmpty()
                && !Verifiers.installed().descriptions().containsKey(generation.verifier())) {
            throw new IllegalArgumentException(
                    "scoring names the verifier '%s', which there is not".formatted(generation.verifier()));
        }
        decontaminate = List.copyOf(decontaminate);
    }

    /// Whether nobody but a judge can decide it.
    public boolean needsJudge() {
        return switch (scoring) {
            case Scoring.PreferenceScoring _ -> true;
            case Scoring.GenerationScoring generation ->
                JudgeVerifier.Kind.named(generation.verifier()).isPresent();
            case Scoring.ChoiceScoring _ -> false;
        };
    }

    /// Whether a judge may decide it, alone or in place of a verifier that goes by words.
    public boolean mayHaveJudge() {
        return needsJudge()
                || scoring instanceof Scoring.GenerationScoring generation
                        && generation.verifier().equals("refusal");
    }

    /// The same task under another name.
    TaskDefinition named(String other) {
        return new TaskDefinition(other, version, metric, items, source, format, scoring, average, decontaminate);
    }

    /// The task with what a user sets differently.
    public TaskDefinition with(TaskSettings settings) {
        TaskFormat shown = settings.form().map(format::in).orElse(format);
        TaskFormat asked = settings.shots().isPresent()
                ? shown.with(
                        settings.shots().getAsInt() == 0
                                ? new Shots.NoShots()
                                : shown.shots().first(settings.shots().getAsInt()))
                : shown;
        return new TaskDefinition(
                name, version, metric, items, source, asked, scoring.with(settings), average, decontaminate);
    }
}
