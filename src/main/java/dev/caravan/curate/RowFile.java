package dev.caravan.curate;

import dev.caravan.DataException;
import dev.caravan.io.PackedFile;
import dev.caravan.io.Sha256;
import java.io.IOException;
import java.io.InputStream;
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
/// | `.json` | a list of objects, or one object a line |
/// | `.tsv` | FLAN's: inputs, targets and perhaps a rationale, no header, see [FlanLines] |
/// | `.csv` | a table whose first line names the columns |
/// | `.parquet` | a table |
///
/// All but parquet may be compressed: `.gz` or `.zst` behind that name.
final class RowFile {
    private static final Pattern ROWS = Pattern.compile(".*\\.(jsonl|json|csv|tsv|parquet)(\\.(gz|zst))?");
    private static final Pattern ABOUT =
            Pattern.compile("(dataset_infos?|dataset_dict|state|manifest|report|statistics)\\.json");

    private RowFile() {}

    /// The files behind a path: the file itself; or those of a folder that hold rows, by name. Where some of those are
    /// called `train…`, as on the Hugging Face hub, the others are test sets and left out.
    ///
    /// @throws DataException when there is none
    static List<Path> files(Path path) {
        if (!Files.exists(path)) throw new DataException("there is no file " + path);
        if (!Files.isDirectory(path)) return List.of(path);
        List<Path> all = Sha256.files(path).stream().filter(RowFile::holdsRows).toList();
        if (all.isEmpty()) throw new DataException(path + " is a folder without data files; name a file");
        List<Path> train = all.stream().filter(RowFile::isTrain).toList();
        return train.isEmpty() ? all : train;
    }

    private static boolean holdsRows(Path file) {
        String name = String.valueOf(file.getFileName());
        return ROWS.matcher(name).matches() && !ABOUT.matcher(name).matches();
    }

    private static boolean isTrain(Path file) {
        return String.valueOf(file.getFileName()).startsWith("train");
    }

    /// The rows in their order. The stream holds the file open until it is closed.
    ///
    /// @throws DataException when the file cannot be read at all
    static Stream<FileRow> rows(Path file) {
        String name = PackedFile.nameWithin(file);
        if (name.endsWith(".parquet")) return stream(TableRows.parquet(file));
        if (name.endsWith(".csv")) return stream(TableRows.csv(file));
        if (name.endsWith(".tsv")) return lines(file).map(FlanLines::row);
        if (name.endsWith(".json") && isList(file)) return stream(new JsonListRows(file));
        return lines(file).map(JsonRow::parse);
    }

    private static Stream<NumberedLines.Line> lines(Path file) {
        return stream(NumberedLines.of(file));
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

    /// Whether the first character that is no white space is `[`.
    private static boolean isList(Path file) {
        try (InputStream in = PackedFile.open(file)) {
            int b = in.read();
            while (b >= 0 && (b <= ' ' || b >= 0x80)) b = in.read(); // a byte order mark is no ASCII
            return b == '[';
        } catch (IOException e) {
            throw new DataException("cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
