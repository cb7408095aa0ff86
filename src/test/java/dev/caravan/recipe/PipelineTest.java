package dev.caravan.recipe;

import static dev.caravan.recipe.ToyRun.ran;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import dev.caravan.io.FailingDisk;
import dev.caravan.io.FailingDisk.Killed;
import dev.caravan.io.Store;
import dev.caravan.recipe.RunOutcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {
    private static final List<ToyStage> STAGES =
            List.of(ToyStage.of("pool"), ToyStage.of("warm", "pool"), ToyStage.of("play", "pool", "warm"));

    @TempDir(factory = MemoryFolder.class)
    private Path temporary;

    private ToyRun toy(String name) {
        return new ToyRun(temporary.resolve(name));
    }

    @Test
    void killAtAnyOperationLeavesTheSameBytesAfterTheNextRun() throws IOException {
        var counter = new FailingDisk();
        toy("whole").run(counter.counting(), STAGES);
        Map<String, String> whole = toy("whole").files();
        assertThat(counter.operations()).isGreaterThan(100);
        for (int n = 1; n <= counter.operations(); n++) {
            ToyRun killed = toy("killed-" + n);
            int operation = n;
            assertThatThrownBy(() -> killed.run(new FailingDisk().killedAt(operation), STAGES))
                    .isInstanceOf(Killed.class);
            assertThat(killed.run(new Store(), STAGES).status()).isEqualTo(Status.DONE);
            assertThat(killed.files()).as("after a kill in operation %d", n).isEqualTo(whole);
        }
    }

    @Test
    void killWhileResultsAreReplacedLeavesTheSameBytesAfterTheNextRun() throws IOException {
        List<ToyStage> changed = List.of(STAGES.get(0), STAGES.get(1).withFactor(5), STAGES.get(2));
        toy("whole").run(new Store(), STAGES);
        var counter = new FailingDisk();
        toy("whole").run(counter.counting(), changed);
        Map<String, String> whole = toy("whole").files();
        for (int n = 1; n <= counter.operations(); n++) {
            ToyRun killed = toy("killed-" + n);
            killed.run(new Store(), STAGES);
            int operation = n;
            assertThatThrownBy(() -> killed.run(new FailingDisk().killedAt(operation), changed))
                    .isInstanceOf(Killed.class);
            assertThat(killed.folder().resolve("01-pool")).isDirectoryContaining("glob:**manifest.json");
            killed.run(new Store(), changed);
            assertThat(killed.files()).as("after a kill in operation %d", n).isEqualTo(whole);
        }
    }

    @Test
    void diskFullAtAnyOperationIsSaidAndTheNextRunFinishes() throws IOException {
        var counter = new FailingDisk();
        toy("whole").run(counter.counting(), STAGES);
        Map<String, String> whole = toy("whole").files();
        for (int n = 3; n <= counter.operations(); n += 3) { // the first two make the run's folder itself
            ToyRun full = toy("full-" + n);
            RunOutcome outcome = full.run(new FailingDisk().fullFrom(n), STAGES);
            if (outcome.status() == Status.DONE) continue; // nothing was left to write
            assertThat(outcome.failure().orElseThrow())
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(full.folder().toString())
                    .hasMessageContaining("the disk is full; free some space and run the same command again");
            full.run(new Store(), STAGES);
            assertThat(full.files()).isEqualTo(whole);
        }
    }

    @Test
    void brokenDiskIsNeverTakenForSuccess() throws IOException {
        var counter = new FailingDisk();
        toy("whole").run(counter.counting(), STAGES);
        for (int n = 3; n <= counter.operations(); n++) { // the first two make the run's folder itself
            RunOutcome outcome = toy("broken-" + n).run(new FailingDisk().brokenAt(n), STAGES);
            assertThat(outcome.status()).as("operation %d", n).isEqualTo(Status.FAILED);
        }
    }

    @Test
    void readOnlyOutputIsNamed() {
        assertThatThrownBy(() -> toy("x").run(FailingDisk.readOnly(), STAGES))
                .isInstanceOf(DataException.class)
                .hasMessage("cannot create " + temporary.resolve("x")
                        + ": it lies on a read-only disk; name another folder");
    }

    @Test
    void secondRunDoesNothing() throws IOException {
        toy("x").run(new Store(), STAGES);
        Map<String, String> before = toy("x").files();
        var disk = new FailingDisk();
        RunOutcome second = toy("x").run(disk.counting(), STAGES);
        assertThat(ran(second)).isEmpty();
        assertThat(disk.operations()).isZero();
        assertThat(toy("x").files()).isEqualTo(before);
    }

    @Test
    void freshRunsEverythingAgain() {
        toy("x").run(new Store(), STAGES);
        var fresh = new Pipeline.Scope(true, Optional.empty());
        RunOutcome second = toy("x").run(new Store(), STAGES, () -> false, fresh);
        assertThat(ran(second)).containsExactly("pool", "warm", "play");
    }

    @Test
    void untilStopsAfterItsStage() {
        var scope = new Pipeline.Scope(false, Optional.of("warm"));
        assertThat(ran(toy("x").run(new Store(), STAGES, () -> false, scope))).containsExactly("pool", "warm");
        var typo = new Pipeline.Scope(false, Optional.of("wram"));
        assertThatThrownBy(() -> toy("x").run(new Store(), STAGES, () -> false, typo))
                .isInstanceOf(RecipeException.class)
                .hasMessage("--until 'wram' is not one of [pool, warm, play] (did you mean 'warm'?)");
    }

    @Test
    void interruptedStageGoesOnFromItsCheckpoint() throws IOException {
        toy("whole").run(new Store(), STAGES);
        var asked = new AtomicInteger();
        RunOutcome stopped = toy("x").run(new Store(), STAGES, () -> asked.incrementAndGet() > 6, Pipeline.Scope.ALL);
        assertThat(stopped.status()).isEqualTo(Status.INTERRUPTED);
        assertThat(toy("x").folder().resolve("02-warm.work/state.json")).exists();
        assertThat(ran(toy("x").run(new Store(), STAGES))).containsExactly("warm", "play");
        assertThat(toy("x").files()).isEqualTo(toy("whole").files());
    }

    @Test
    void stageWhoseFilesWereDamagedRunsAgain() throws IOException {
        toy("x").run(new Store(), STAGES);
        Files.writeString(toy("x").folder().resolve("02-warm/data.jsonl"), "");
        RunOutcome second = toy("x").run(new Store(), STAGES);
        assertThat(ran(second)).containsExactly("warm");
        assertThat(Manifest.read(toy("x").folder().resolve("02-warm"))
                        .orElseThrow()
                        .reasons())
                .containsExactly("data.jsonl is missing or has another length");
    }

    @Test
    void stageInsertedBeforeOthersRenumbersThemWithoutRunningThem() {
        toy("x").run(new Store(), STAGES);
        List<ToyStage> more = List.of(STAGES.get(0), ToyStage.of("aside", "pool"), STAGES.get(1), STAGES.get(2));
        assertThat(ran(toy("x").run(new Store(), more))).containsExactly("aside");
        assertThat(new RunFolder(toy("x").folder()).finished())
                .extracting(folder -> folder.getFileName().toString())
                .containsExactly("01-pool", "02-aside", "03-warm", "04-play");
    }

    @Test
    void manifestSaysWhatDiffered() {
        toy("x").run(new Store(), STAGES);
        toy("x").run(new Store(), List.of(STAGES.get(0), STAGES.get(1).withFactor(5), STAGES.get(2)));
        Manifest manifest = Manifest.read(toy("x").folder().resolve("02-warm")).orElseThrow();
        assertThat(manifest.reasons()).containsExactly("settings.factor was 3, is 5");
        assertThat(Manifest.read(toy("x").folder().resolve("03-play"))
                        .orElseThrow()
                        .reasons())
                .singleElement()
                .asString()
                .startsWith("inputs.from[1] was ");
    }

    @Test
    void contentOfAnOutsideFileCountsAndItsPlaceDoesNot() throws IOException {
        Path a = Files.writeString(temporary.resolve("a.jsonl"), "{\"id\":\"1\",\"number\":4}\n");
        Path b = Files.copy(a, temporary.resolve("b.jsonl"));
        toy("x").run(new Store(), List.of(ToyStage.of("pool", a.toString())));
        assertThat(ran(toy("x").run(new Store(), List.of(ToyStage.of("pool", b.toString())))))
                .isEmpty();
        Files.writeString(b, "{\"id\":\"1\",\"number\":5}\n");
        assertThat(ran(toy("x").run(new Store(), List.of(ToyStage.of("pool", b.toString())))))
                .containsExactly("pool");
    }
}
