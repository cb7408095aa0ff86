package dev.caravan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import dev.caravan.io.FailingDisk;
import dev.caravan.io.Store;
import dev.caravan.model.Activations;
import dev.caravan.model.CausalLm;
import dev.caravan.tensor.OpenScope;
import dev.caravan.tensor.Precision;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(OpenScope.class)
class CheckpointTest {
    @TempDir
    private Path scratch;

    private static SequencedMap<String, TrainLoop> policy(TrainLoop loop) {
        SequencedMap<String, TrainLoop> loops = new LinkedHashMap<>();
        loops.put("policy", loop);
        return loops;
    }

    private static void train(CausalLm model, TrainLoop loop, int steps) {
        var trainer = new SftTrainer(model, loop, new Reduction.Mean(), 20, Activations.KEPT);
        for (int i = 0; i < steps; i++) {
            trainer.step(TinyModels.rows(3));
        }
    }

    @Test
    void resumedTrainingContinuesBitForBit() {
        for (Precision precision : Precision.values()) {
            float[] whole;
            try (var model = TinyModels.random(precision);
                    var loop = TinyModels.loop(model, 1e-2)) {
                train(model, loop, 1);
                Checkpoint.save(new Store(), scratch, 1, policy(loop), Map.of("log", 7L));
                train(model, loop, 2);
                whole = TinyModels.weights(model);
            }
            assertThat(resumed(precision, 2)).containsExactly(whole);
        }
    }

    private float[] resumed(Precision precision, int steps) {
        try (var model = CausalLm.random(TinyModels.config(32, 16, true), 0.2, 99, precision);
                var loop = TinyModels.loop(model, 1e-2)) {
            Checkpoint checkpoint = Checkpoint.latest(scratch).orElseThrow();
            checkpoint.restore(policy(loop));
            assertThat(checkpoint.logs()).containsExactly(Map.entry("log", 7L));
            assertThat(loop.step()).isEqualTo(1);
            train(model, loop, steps);
            return TinyModels.weights(model);
        }
    }

    @Test
    void afterAKillAtAnyOperationTheOldOrTheNewCheckpointIsWhole() {
        try (var model = TinyModels.random(Precision.FLOAT32);
                var loop = TinyModels.loop(model, 1e-2)) {
            int operations = operationsOfSecondSave(loop);
            for (int n = 1; n <= operations; n++) {
                Path folder = scratch.resolve("kill-" + n);
                new Store().createFolder(folder);
                Checkpoint.save(new Store(), folder, 1, policy(loop), Map.of());
                Store killed = new FailingDisk().killedAt(n);
                assertThatThrownBy(() -> Checkpoint.save(killed, folder, 2, policy(loop), Map.of()))
                        .isInstanceOf(FailingDisk.Killed.class);
                Checkpoint latest = Checkpoint.latest(folder).orElseThrow();
                assertThat(latest.step()).isIn(1L, 2L);
                latest.restore(policy(loop));
            }
        }
    }

    private int operationsOfSecondSave(TrainLoop loop) {
        Path folder = scratch.resolve("whole");
        new Store().createFolder(folder);
        Checkpoint.save(new Store(), folder, 1, policy(loop), Map.of());
        var disk = new FailingDisk();
        Checkpoint.save(disk.counting(), folder, 2, policy(loop), Map.of());
        return disk.operations();
    }

    @Test
    void fullDiskWhileSavingLeavesTheOldCheckpoint() {
        try (var model = TinyModels.random(Precision.FLOAT32);
                var loop = TinyModels.loop(model, 1e-2)) {
            Checkpoint.save(new Store(), scratch, 1, policy(loop), Map.of());
            Store full = new FailingDisk().fullFrom(2);
            assertThatThrownBy(() -> Checkpoint.save(full, scratch, 2, policy(loop), Map.of()))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("the disk is full");
            assertThat(Checkpoint.latest(scratch).orElseThrow().step()).isEqualTo(1);
        }
    }

    @Test
    void newCheckpointReplacesTheOldOne() {
        try (var model = TinyModels.random(Precision.FLOAT32);
                var loop = TinyModels.loop(model, 1e-2)) {
            Checkpoint.save(new Store(), scratch, 1, policy(loop), Map.of());
            Checkpoint.save(new Store(), scratch, 12, policy(loop), Map.of());
            assertThat(scratch).isDirectoryNotContaining("glob:**00000001");
            assertThat(Checkpoint.latest(scratch).orElseThrow().step()).isEqualTo(12);
        }
    }

    @Test
    void checkpointOfAnotherStageIsRefused() {
        try (var model = TinyModels.random(Precision.FLOAT32);
                var loop = TinyModels.loop(model, 1e-2)) {
            Checkpoint saved = Checkpoint.save(new Store(), scratch, 1, policy(loop), Map.of());
            SequencedMap<String, TrainLoop> other = new LinkedHashMap<>();
            other.put("value", loop);
            assertThatThrownBy(() -> saved.restore(other))
                    .hasMessage(saved.folder() + " has no 'value'; it is the checkpoint of another stage");
        }
    }
}
