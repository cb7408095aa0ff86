package dev.caravan.curate;

import dev.caravan.DataException;
import dev.caravan.io.PackedFile;
import dev.caravan.io.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The rows of a data file, in the format that its name says:
///
/// | name | rows |
/// |---|---|
/// | `.jsonl`, and any other | one object a line |
/// | `.json` | a list of objects, by itself or as `data`, `examples` or `rows` of an object; or one object a line |
/// | `.tsv` | FLAN's: inputs, targets and perhaps a rationale, no header, see [FlanLines] |
/// | `.csv` | a table whose first line names the columns |
/// | `.parquet` | a table |
///
/// All but parquet may be compressed: `.gz` or `.zst` behind that name.
final class RowFile {
    private static final Pattern ROWS = Pattern.compile(".*\\.(jsonl|json|csv|tsv|parquet)(\\.(gz|zst))?");
    private static final Pattern ABOUT =
            Pattern.compile("(dataset_infos?|dataset_dict|state|manifest|report|statistics)\\.json");

    /// The split whose files are read to learn from.
    static final String TRAIN = "train";

    private RowFile() {}

    /// The files behind a path: the file itself; or those of a folder that hold rows, by name. Where some of those are
    /// called after a split, such as `train…` on the Hugging Face hub, the others are left out.
    ///
    /// @param split `train` or `test`
    /// @throws DataException when there is none
    static List<Path> files(Path path, String split) {
        if (!Files.exists(path)) throw new DataException("there is no file " + path);
        if (!Files.isDirectory(path)) return List.of(path);
        List<Path> all = Sha256.files(path).stream().filter(RowFile::holdsRows).toList();
        if (all.isEmpty()) throw new DataException(path + " is a folder without data files; name a file");
        List<Path> ofSplit = all.stream()
                .filter(file -> String.valueOf(file.getFileName()).startsWith(split))
                .toList();
        return ofSplit.isEmpty() ? all : ofSplit;
    }

    private static boolean holdsRows(Path file) {
        String name = String.valueOf(file.getFileName());
        return ROWS.matcher(name).matches() && !ABOUT.matcher(name).matches();
    }

    /// The rows in their order. The stream holds the file open until it is closed.
    ///
    /// @throws DataException when the file cannot be read at all
    static Stream<FileRow> rows(Path file) {
        return rows(FilePiece.whole(file));
    }

    /// As [#rows(Path)], of a piece.
    static Stream<FileRow> rows(FilePiece piece) {
        Path file = Path.of(piece.path());
        String name = PackedFile.nameWithin(file);
        if (name.endsWith(".parquet")) return stream(TableRows.parquet(file));
        if (name.endsWith(".csv")) return stream(TableRows.csv(file));
        if (name.endsWith(".tsv")) return lines(piece).map(FlanLines::row);
        if (name.endsWith(".json") && JsonListRows.isList(file)) return stream(new JsonListRows(file));
        return lines(piece).map(JsonRow::parse);
    }

    /// Whether the rows are lines of a file that is not compressed, which can be read from any of them on.
    static boolean canBeCut(Path file) {
        String name = String.valueOf(file.getFileName());
        if (!PackedFile.nameWithin(file).equals(name) || name.endsWith(".parquet") || name.endsWith(".csv"))
            return false;
        return !name.endsWith(".json") || !JsonListRows.isList(file);
    }

    private static Stream<NumberedLines.Line> lines(FilePiece piece) {
        return stream(NumberedLines.of(piece));
    }

    /// A stream that closes what it reads when it is closed.
    private static <T, I extends Iterator<T> & AutoCloseable> Stream<T> stream(I rows) {
        int order = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, order), false)
                .onClose(() -> close(rows));
    }

    private static void close(AutoCloseable rows) {
        try {
            rows.close();
        } catch (Exception e) {
            throw new DataException("cannot close a data file: " + e.getMessage(), e);
        }
    }

    /// The rows of a table whose first line names no columns; other formats have names with every row.
    static Stream<FileRow> rowsWithoutHeader(Path file) {
        return PackedFile.nameWithin(file).endsWith(".csv") ? stream(TableRows.csvWithoutHeader(file)) : rows(file);
    }
}
