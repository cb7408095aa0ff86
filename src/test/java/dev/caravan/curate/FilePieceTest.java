package dev.caravan.curate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePieceTest {
    @TempDir
    private Path folder;

    /// Lines of every length from none up, some without JSON, with and without a newline at the end of the file.
    @Test
    void piecesOfAnySizeHoldTheRowsOfTheFileUnderTheirLineNumbers() throws IOException {
        var random = new Random(1);
        for (int file = 0; file < 20; file++) {
            Path path = folder.resolve("rows" + file + ".jsonl");
            String lines = String.join(
                    "\n",
                    IntStream.range(0, 1 + random.nextInt(12))
                            .mapToObj(_ -> line(random))
                            .toList());
            Files.writeString(path, (file % 3 == 0 ? "\uFEFF" : "") + lines + (file % 2 == 0 ? "\n" : ""));
            List<String> whole = rows(List.of(FilePiece.whole(path)));
            for (long bytes = 1; bytes <= Files.size(path) + 1; bytes += 1 + random.nextInt(5)) {
                assertThat(rows(numbered(path, bytes)))
                        .as("%s cut every %d bytes", lines, bytes)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void packedFilesAndTablesAreNotCut() throws IOException {
        for (String name : List.of("a.jsonl.gz", "b.csv", "c.parquet", "d.jsonl.zst", "list.json")) {
            Path path = Files.write(folder.resolve(name), "[{}, {}]\n{}\n{}\n".getBytes(StandardCharsets.UTF_8));
            assertThat(FilePiece.of(FileSource.of("rows", path.toString()), 2))
                    .as(name)
                    .hasSize(1);
        }
    }

    private static String line(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> "{broken";
            case 2 -> "{\"a\": \"ü" + "x".repeat(random.nextInt(9)) + "\"}";
            default -> "{}\r";
        };
    }

    private static List<FilePiece> numbered(Path path, long bytes) {
        var pieces = new ArrayList<FilePiece>();
        long line = 1;
        for (FilePiece piece : FilePiece.of(FileSource.of("rows", path.toString()), bytes)) {
            pieces.add(piece.startingAt(line));
            line += piece.lines();
        }
        return pieces;
    }

    private static List<String> rows(List<FilePiece> pieces) {
        var rows = new ArrayList<String>();
        for (FilePiece piece : pieces) {
            try (Stream<FileRow> read = RowFile.rows(piece)) {
                read.map(Object::toString).forEach(rows::add);
            }
        }
        return rows;
    }
}
