package dev.caravan.curate;

import java.nio.file.Path;
import java.util.stream.Stream;

/// Reads file sources one after the other, sets bad rows aside, and keeps ids unique across all of them.
public final class SourceReader {
    /// Receives the bad rows that a source allows.
    @FunctionalInterface
    public interface Quarantine {
        void add(FileSource source, BadRow row);
    }

    /// Which source a row is counted under.
    public enum Origins {
        /// The file's.
        FILE,
        /// The one that the row names, as rows do which went through a stage or a command; the file's where it has
        /// no `id` or `source` of its own.
        ROW;

        String of(FileSource file, JsonRow row) {
            boolean named = this == ROW && row.isText("id");
            return named ? row.textIfAny("source").orElse(file.name()) : file.name();
        }
    }

    private final Quarantine quarantine;
    private final Origins origins;
    private final UniqueIds ids = new UniqueIds(RowReader.ID_MARK);

    /// A reader that forgets the bad rows which a source allows.
    public SourceReader() {
        this((source, row) -> {});
    }

    public SourceReader(Quarantine quarantine) {
        this(quarantine, Origins.FILE);
    }

    public SourceReader(Quarantine quarantine, Origins origins) {
        this.quarantine = quarantine;
        this.origins = origins;
    }

    /// The usable rows of a source in their order. The stream holds a file open until it is closed.
    ///
    /// @throws dev.caravan.DataException when the file cannot be read; while the stream is read, when more rows
    ///     are bad than the source allows, or when there are none at all
    public Stream<Example> read(FileSource source) {
        var reader = new RowReader(source, origins);
        var count = new BadRowCount(source);
        Stream<FileRow> rows =
                RowFile.files(Path.of(source.path()), RowFile.TRAIN).stream().flatMap(RowFile::rows);
        return Stream.concat(
                rows.flatMap(row -> taken(source, reader.read(row), count)),
                Stream.of(count).flatMap(SourceReader::end));
    }

    private Stream<Example> taken(FileSource source, ReadRow row, BadRowCount count) {
        count.read(1);
        return switch (row) {
            case Example sound -> Stream.of(sound.withId(ids.next(sound.id())));
            case BadRow bad -> {
                count.bad(bad);
                quarantine.add(source, bad);
                count.requireFewSoFar();
                yield Stream.empty();
            }
        };
    }

    private static Stream<Example> end(BadRowCount count) {
        count.end();
        return Stream.empty();
    }
}
