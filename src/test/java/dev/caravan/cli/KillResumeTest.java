package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.KillableRun.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that was killed, however often and wherever, ends with the bytes of one that was not. Each run is a
/// process of its own.
class KillResumeTest {
    /// Shorter training than the recipe's; one thread and float32 come with the recipe.
    private static final List<String> SHORTER = List.of(
            "--set",
            "stages.sft.max_steps=90",
            "--set",
            "stages.sft.checkpoint_every=4",
            "--set",
            "stages.eval.limit=4");

    /// In every kind of stage: while its folder is a draft, while a checkpoint is one, and between the publishing of
    /// its results and the removal of its checkpoints.
    private static final List<String> MOMENTS = List.of(
            "\\.01-pool\\.draft/.*",
            "\\.02-clean\\.draft/data\\.jsonl",
            "\\.03-base\\.draft/model/.*",
            "04-sft\\.work/\\.checkpoint-\\d+\\.draft",
            "04-sft\\.work/checkpoint-00000012",
            "04-sft\\.work/\\.checkpoint-\\d+\\.draft/policy\\.safetensors",
            "\\.04-sft\\.draft/model/.*",
            "\\.04-sft\\.draft/manifest\\.json",
            "04-sft",
            "\\.05-pairs\\.draft",
            "05-pairs",
            "06-dpo\\.work/\\.checkpoint-\\d+\\.draft",
            "06-dpo\\.work/checkpoint-00000004",
            "\\.06-dpo\\.draft/model/.*",
            "07-ppo\\.work/rollouts\\.jsonl",
            "07-ppo\\.work/\\.checkpoint-\\d+\\.draft/.*",
            "07-ppo\\.work/checkpoint-00000001/value\\.safetensors",
            "07-ppo\\.work/checkpoint-00000003/state\\.json",
            "\\.07-ppo\\.draft/manifest\\.json",
            "08-grpo\\.work/\\.checkpoint-\\d+\\.draft",
            "08-grpo\\.work/checkpoint-00000002",
            "\\.08-grpo\\.draft/model/.*",
            "\\.09-eval\\.draft/.*",
            "09-eval");

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static KillableRun whole;

    @BeforeAll
    static void runUninterrupted() {
        whole = KillableRun.ofTinyRecipe(shared.resolve("whole"), SHORTER);
        whole.toEnd();
    }

    private KillableRun run(String name, String... more) {
        var options = new java.util.ArrayList<>(SHORTER);
        options.addAll(List.of(more));
        return KillableRun.ofTinyRecipe(folder.resolve(name), options);
    }

    private static void assertEndsAsTheWhole(KillableRun run) {
        run.toEnd();
        assertThat(run.hashes()).isEqualTo(whole.hashes()).containsKey("grpo/model/model.safetensors");
        assertThat(run.metrics()).isEqualTo(whole.metrics());
    }

    @Test
    void threeKillsLeaveTheSameWeights() {
        KillableRun killed = run("killed");
        assertThat(killed.killedAt(new Moment.At("04-sft\\.work/\\.checkpoint-\\d+\\.draft")))
                .isTrue();
        assertThat(killed.killedAt(new Moment.At("\\.06-dpo\\.draft/model/.*"))).isTrue();
        assertThat(killed.killedAt(new Moment.At("07-ppo\\.work/checkpoint-00000002")))
                .isTrue();
        assertEndsAsTheWhole(killed);
    }

    @Test
    void sigtermStopsAtAStepWithExit130AndTheRunGoesOnFromThere() {
        KillableRun stopped = run("stopped", "--until", "sft");
        int status = stopped.signalledAt(new Moment.At("04-sft\\.work/checkpoint-.*"), "TERM");
        assertThat(status).isEqualTo(130);
        assertThat(stopped.summary().path("status").asString()).isEqualTo("interrupted");
        assertThat(stopped.log()).content().contains("stopped at step ", "; run again to go on from there");
        stopped.toEnd();
        assertThat(stopped.log()).content().contains("goes on from the checkpoint of step ");
        assertThat(stopped.hashes())
                .containsEntry("sft/model/model.safetensors", whole.hashes().get("sft/model/model.safetensors"));
    }

    @Test
    @Tag("proof")
    void ctrlCStopsAtAStepWithExit130() {
        KillableRun stopped = run("stopped");
        assertThat(stopped.signalledAt(new Moment.At("07-ppo\\.work/checkpoint-.*"), "INT"))
                .isEqualTo(130);
        assertThat(stopped.summary().path("status").asString()).isEqualTo("interrupted");
        assertEndsAsTheWhole(stopped);
    }

    @Test
    @Tag("proof")
    void aKillAtEveryPlaceWhereFilesChangeLeavesTheSameWeights() {
        KillableRun killed = run("killed");
        long kills = MOMENTS.stream()
                .filter(moment -> killed.killedAt(new Moment.At(moment)))
                .count();
        assertThat(kills).as("kills that struck").isGreaterThanOrEqualTo(MOMENTS.size() - 4);
        assertEndsAsTheWhole(killed);
    }

    @Test
    @Tag("proof")
    void killsAtRandomTimesLeaveTheSameWeights() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(17);
        int kills = 0;
        for (int round = 0; kills < 10; round++) {
            KillableRun killed = run("round-" + round);
            while (killed.killedAt(new Moment.After(Duration.ofMillis(random.nextLong(1000, 6000))))) kills++;
            assertEndsAsTheWhole(killed);
        }
    }
}
