package dev.caravan.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    @TempDir
    private Path folder;

    private void ownerIs(RunLock.Owner owner) throws IOException {
        Files.writeString(folder.resolve(".lock"), Json.write(owner));
    }

    @Test
    void heldFolderIsRefusedWithItsOwnerAndTheRemedy() {
        var self = RunLock.Owner.current();
        try (RunLock _ = RunLock.take(folder)) {
            assertThatThrownBy(() -> RunLock.take(folder))
                    .isInstanceOf(DataException.class)
                    .hasMessage(folder + " is in use: process " + self.pid() + " on " + self.host() + ", started "
                            + self.started() + ", writes it; wait for it to end, or choose another folder with --out"
                            + " (if that process is gone for sure, delete " + folder.resolve(".lock") + ")");
        }
    }

    @Test
    void closedLockCanBeTakenAgain() {
        RunLock.take(folder).close();
        assertThatCode(() -> RunLock.take(folder).close()).doesNotThrowAnyException();
    }

    @Test
    void lockOfADeadProcessIsTakenOver() throws Exception {
        Process child = new ProcessBuilder("true").start();
        child.waitFor();
        ownerIs(new RunLock.Owner(child.pid(), RunLock.Owner.current().host(), "2001-01-01T00:00:00Z"));
        assertThatCode(() -> RunLock.take(folder).close()).doesNotThrowAnyException();
    }

    @Test
    void processThatGotTheNumberOfADeadOneIsNotTheOwner() throws IOException {
        var self = RunLock.Owner.current();
        ownerIs(new RunLock.Owner(self.pid(), self.host(), "2001-01-01T00:00:00Z"));
        assertThatCode(() -> RunLock.take(folder).close()).doesNotThrowAnyException();
    }

    @Test
    void lockOfAnotherMachineIsRespected() throws IOException {
        ownerIs(new RunLock.Owner(1, "elsewhere.example", "2001-01-01T00:00:00Z"));
        assertThatThrownBy(() -> RunLock.take(folder)).hasMessageContaining("process 1 on elsewhere.example");
        assertThat(folder.resolve(".lock")).exists();
    }

    @Test
    void tornLockFileDoesNotBarTheFolder() throws IOException {
        Files.writeString(folder.resolve(".lock"), "{\"pid\":12,");
        assertThatCode(() -> RunLock.take(folder).close()).doesNotThrowAnyException();
    }
}
