package dev.caravan.curate;

import dev.caravan.DataException;
import dev.caravan.curate.SourceReader.Origins;
import dev.caravan.data.Message;
import dev.caravan.data.Skill;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads rows of a source, each by itself: what becomes of a row depends on no other. Ids are as the rows came with
/// them, or made of their content; rows that say the same may share one, see [UniqueIds].
public final class RowReader {
    /// What stands before the number of a row whose id an earlier row has.
    public static final String ID_MARK = ".";

    private final FileSource source;
    private final Origins origins;

    public RowReader(FileSource source, Origins origins) {
        this.source = source;
        this.origins = origins;
    }

    /// The rows of a piece in their order. The stream holds the file open until it is closed.
    public Stream<ReadRow> rows(FilePiece piece) {
        return RowFile.rows(piece).map(this::read);
    }

    ReadRow read(FileRow row) {
        return switch (row) {
            case BadRow broken -> broken;
            case JsonRow sound -> read(sound);
        };
    }

    private ReadRow read(JsonRow row) {
        try {
            Turns turns = shape(row).read(row).withTools(ToolCalls.tools(row));
            return new Example(
                    id(row, turns.messages()),
                    origins.of(source, row),
                    row.where(),
                    turns.messages(),
                    turns.check(),
                    turns.rejected(),
                    row.textIfAny("because").filter(_ -> turns.rejected().isPresent()),
                    source.licence().or(() -> row.textIfAny("licence")),
                    source.skill().or(() -> skill(row)),
                    turns.tools());
        } catch (DataException e) {
            return new BadRow(row.where(), rule(e, row), row.content().toString());
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
                    .formatted(shape.get(), shape.get().keys(), row.content().propertyNames()));
        }
        return shape.or(() -> Shape.of(row))
                .orElseThrow(() -> row.bad("a row must have one of these: %s; this one has %s"
                        .formatted(Shape.allKeys(), row.content().propertyNames())));
    }

    private String id(JsonRow row, List<Message> messages) {
        boolean own = row.isText("id") || row.content().path("id").isIntegralNumber();
        return own ? row.value("id") : RowIds.of(source.name(), messages);
    }

    /// The exception's message names the place, which the bad row has already.
    private static String rule(DataException e, JsonRow row) {
        String message = String.valueOf(e.getMessage());
        String place = row.where() + ": ";
        return message.startsWith(place) ? message.substring(place.length()) : message;
    }
}
