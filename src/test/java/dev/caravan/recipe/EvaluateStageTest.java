package dev.caravan.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.generate.Endpoint;
import dev.caravan.verify.Verifiers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluateStageTest {
    private static final Optional<EvaluationJudge> JUDGE = Optional.of(new EvaluationJudge(
            Optional.empty(),
            Optional.of(Endpoint.at("http://127.0.0.1:1/v1")),
            "own",
            16,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));

    @Test
    void taskThatNeedsAJudgeIsRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> stage(List.of("gsm8k", "alpaca-eval"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("judge is missing, and nobody else can decide alpaca-eval");
        assertThatThrownBy(() -> stage(List.of("tulu3-dev"), Optional.empty())).hasMessageContaining("alpaca-eval");
    }

    @Test
    void judgeThatNoTaskAsksIsRefused() {
        assertThatThrownBy(() -> stage(List.of("gsm8k", "mmlu"), JUDGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("judge is given, but none of [gsm8k, mmlu] is decided by one");
    }

    @Test
    void suitesOfThePaperRunWithAJudge() {
        for (String suite : List.of("tulu3-dev", "tulu3-unseen", "safety")) {
            assertThat(stage(List.of(suite), JUDGE).inputs()).hasSize(1);
        }
    }

    @Test
    void judgeIsPartOfTheFingerprint() {
        var compute = new Compute(Optional.empty(), Optional.empty(), Optional.empty());
        Fingerprint with = Fingerprint.of(stage(List.of("xstest"), JUDGE), 17, compute, java.util.Map.of());
        Fingerprint without =
                Fingerprint.of(stage(List.of("xstest"), Optional.empty()), 17, compute, java.util.Map.of());
        assertThat(with.hash()).isNotEqualTo(without.hash());
        assertThat(with.fields()).containsEntry("settings.judge.endpoint.url", "http://127.0.0.1:1/v1");
        var local = new EvaluationJudge(
                Optional.of(new Reference("folder")),
                Optional.empty(),
                "own",
                16,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(stage(List.of("xstest"), Optional.of(local)).inputs())
                .contains(new Input("judge.model", new Reference("folder"), Artifact.MODEL));
    }

    @Test
    void versionsOfVerifiersArePartOfTheFingerprint() {
        var compute = new Compute(Optional.empty(), Optional.empty(), Optional.empty());
        var fields = Fingerprint.of(stage(List.of("xstest"), JUDGE), 17, compute, java.util.Map.of())
                .fields();
        Verifiers.installed()
                .versions()
                .forEach((name, version) -> assertThat(fields).containsEntry("verifiers." + name, "" + version));
        assertThat(fields).containsKeys("verifiers.gsm8k", "verifiers.code");
    }

    private static EvaluateStage stage(List<String> tasks, Optional<EvaluationJudge> judge) {
        return new EvaluateStage(
                "eval",
                List.of(new Reference("model")),
                tasks,
                Optional.empty(),
                List.of(),
                judge,
                Optional.empty(),
                Optional.empty(),
                "own",
                64);
    }
}
