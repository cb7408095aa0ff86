package dev.caravan.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import dev.caravan.io.FailingDisk.Killed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    @TempDir
    private Path folder;

    private final Store store = new Store();

    @Test
    void readerFindsTheOldFileWholeOrTheNewOneAfterAnyKill() throws IOException {
        Path file = folder.resolve("a.txt");
        var counter = new FailingDisk();
        counter.counting().write(file, "new");
        for (int n = 1; n <= counter.operations(); n++) {
            Store killed = new FailingDisk().killedAt(n);
            store.write(file, "old");
            assertThatThrownBy(() -> killed.write(file, "new")).isInstanceOf(Killed.class);
            assertThat(Files.readString(file)).isIn("old", "new");
        }
    }

    @Test
    void failedWriteLeavesTheOldFileAndNoDraft() {
        Path file = folder.resolve("a.txt");
        store.write(file, "old");
        assertThatThrownBy(() -> new FailingDisk().fullFrom(2).write(file, "new"))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "cannot write " + file
                                + ": the disk is full; free some space and run the same command again, what is finished is kept");
        assertThat(folder).isDirectoryNotContaining("glob:**.draft");
        assertThat(file).hasContent("old");
    }

    @Test
    void folderIsInvisibleUntilItIsPublished() {
        Path results = folder.resolve("01-pool");
        Path draft = store.draftFolder(results);
        store.write(draft.resolve("rows"), "1");
        assertThat(results).doesNotExist();
        store.publishFolder(results);
        assertThat(results.resolve("rows")).hasContent("1");
        assertThat(folder).isDirectoryNotContaining("glob:**.draft");
    }

    @Test
    void replacedFolderIsOldOrNewAfterAnyKillAndRecovery() throws IOException {
        Path results = folder.resolve("01-pool");
        for (int n = 1; n <= 9; n++) {
            publish(store, results, "old");
            Store killed = new FailingDisk().killedAt(n);
            try {
                publish(killed, results, "new");
            } catch (Killed _) {
                store.recoverFolder(results);
            }
            assertThat(Files.readString(results.resolve("rows"))).isIn("old", "new");
            try (var left = Files.list(folder)) {
                assertThat(left).containsExactly(results);
            }
        }
    }

    private static void publish(Store store, Path results, String rows) {
        store.write(store.draftFolder(results).resolve("rows"), rows);
        store.publishFolder(results);
    }

    @Test
    void appenderCutsATornLastLine() throws IOException {
        Path file = folder.resolve("log.jsonl");
        Files.writeString(file, "{\"a\":1}\n{\"a\":");
        try (Appender log = store.appender(file)) {
            assertThat(log.length()).isEqualTo(8);
            log.add(List.of(2));
            log.sync();
            assertThat(log.length()).isEqualTo(12);
        }
        assertThat(file).hasContent("{\"a\":1}\n[2]\n");
    }

    @Test
    void truncationCutsBackToAKnownLength() throws IOException {
        Path file = folder.resolve("log.jsonl");
        Files.writeString(file, "1\n2\n3\n");
        store.truncate(file, 4);
        assertThat(Files.readString(file)).isEqualTo("1\n2\n");
    }

    @Test
    void channelAndStreamWriteTheSameBytes() throws IOException {
        byte[] bytes = "héllo".getBytes(StandardCharsets.UTF_8);
        store.write(folder.resolve("a"), out -> out.write(bytes));
        store.writeChannel(folder.resolve("b"), out -> out.write(ByteBuffer.wrap(bytes)));
        assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
    }

    @Test
    void pathThroughAFileIsRefusedInWords() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> store.createFolder(file.resolve("run")))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("cannot create " + file.resolve("run") + ": ");
    }

    @Test
    void hashOfAFolderDependsOnNamesAndBytesAlone() throws IOException {
        for (String copy : List.of("a", "b")) {
            Files.createDirectories(folder.resolve(copy).resolve("inner"));
            Files.writeString(folder.resolve(copy).resolve("inner/x"), "abc");
        }
        Files.writeString(folder.resolve("b/.lock"), "hidden files do not count");
        assertThat(Sha256.of(folder.resolve("a"))).isEqualTo(Sha256.of(folder.resolve("b")));
        Files.move(folder.resolve("b/inner/x"), folder.resolve("b/inner/y"));
        assertThat(Sha256.of(folder.resolve("a"))).isNotEqualTo(Sha256.of(folder.resolve("b")));
        // FIPS 180-2, appendix B.1
        assertThat(Sha256.of(folder.resolve("a/inner/x")))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
