package dev.caravan.curate;

import dev.caravan.DataException;
import dev.caravan.data.Message;
import dev.caravan.data.Skill;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

        private String of(FileSource file, JsonRow row) {
            boolean named = this == ROW && row.isText("id");
            return named ? row.textIfAny("source").orElse(file.name()) : file.name();
        }
    }

    private final Quarantine quarantine;
    private final Origins origins;
    private final Object2IntOpenHashMap<String> ids = new Object2IntOpenHashMap<>();

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
    /// @throws DataException when the file cannot be read; while the stream is read, when more rows are bad than
    ///     the source allows, or when there are none at all
    public Stream<Example> read(FileSource source) {
        var reading = new Reading(source);
        Stream<FileRow> rows =
                RowFile.files(Path.of(source.path()), "train").stream().flatMap(RowFile::rows);
        return Stream.concat(rows.flatMap(reading::example), Stream.of(reading).flatMap(Reading::end));
    }

    /// One source while it is read.
    private final class Reading {
        private static final long FIRST_VERDICT = 1_000; // a share of fewer rows says little before the end
        private static final long LEEWAY = 100; // bad rows above the share that those to come may still outweigh

        private final FileSource source;
        private final RowIds rowIds;
        private long rows;
        private long bad;
        private String first = ""; // of the bad rows

        Reading(FileSource source) {
            this.source = source;
            this.rowIds = new RowIds(source.name(), ids);
        }

        Stream<Example> example(FileRow row) {
            rows++;
            return switch (row) {
                case BadRow broken -> reject(broken);
                case JsonRow sound -> example(sound);
            };
        }

        private Stream<Example> example(JsonRow row) {
            try {
                Turns turns = shape(row).read(row).withTools(ToolCalls.tools(row));
                return Stream.of(new Example(
                        id(row, turns.messages()),
                        origins.of(source, row),
                        row.where(),
                        turns.messages(),
                        turns.check(),
                        turns.rejected(),
                        row.textIfAny("because").filter(_ -> turns.rejected().isPresent()),
                        source.licence().or(() -> row.textIfAny("licence")),
                        source.skill().or(() -> skill(row)),
                        turns.tools()));
            } catch (DataException e) {
                return reject(
                        new BadRow(row.where(), rule(e, row), row.content().toString()));
            }
        }

        /// The skill that an earlier curation noted on the row.
        private static Optional<Skill> skill(JsonRow row) {
            return Arrays.stream(Skill.values())
                    .filter(skill -> row.content().path("skill").asString("").equals(skill.toString()))
                    .findFirst();
        }

        private Shape shape(JsonRow row) {
            Optional<Shape> shape = source.shape();
            if (shape.filter(fixed -> !fixed.fits(row)).isPresent()) {
                throw row.bad("a row of shape %s must have %s; this one has %s"
                        .formatted(
                                shape.get(), shape.get().keys(), row.content().propertyNames()));
            }
            return shape.or(() -> Shape.of(row))
                    .orElseThrow(() -> row.bad("a row must have one of these: %s; this one has %s"
                            .formatted(Shape.allKeys(), row.content().propertyNames())));
        }

        private String id(JsonRow row, List<Message> messages) {
            boolean own = row.isText("id") || row.content().path("id").isIntegralNumber();
            return own ? rowIds.unique(row.value("id")) : rowIds.next(messages);
        }

        private Stream<Example> reject(BadRow row) {
            bad++;
            if (bad == 1) first = row.where() + ": " + row.problem();
            if (source.badRows() instanceof StopBadRows) throw row.failure();
            quarantine.add(source, row);
            if (rows >= FIRST_VERDICT) requireFew(LEEWAY);
            return Stream.empty();
        }

        Stream<Example> end() {
            if (rows == 0) {
                throw new DataException("source %s has no rows: %s is empty".formatted(source.name(), source.path()));
            }
            requireFew(0);
            return Stream.empty();
        }

        private void requireFew(long leeway) {
            double share = source.badRows().share();
            if (bad <= share * rows + leeway) return;
            throw new DataException(
                    "%d of %d rows of source %s are bad, more than the share of %s that it allows; the first: %s"
                            .formatted(bad, rows, source.name(), share, first));
        }

        /// The exception's message names the place, which the bad row has already.
        private static String rule(DataException e, JsonRow row) {
            String message = String.valueOf(e.getMessage());
            String place = row.where() + ": ";
            return message.startsWith(place) ? message.substring(place.length()) : message;
        }
    }
}
