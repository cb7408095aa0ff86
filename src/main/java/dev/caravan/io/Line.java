package dev.caravan.io;

import dev.caravan.DataException;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/// A line of a file of JSON lines, with the place that its errors name.
///
/// @param number from 1
/// @param whole whether it ends with a newline; only the last line of a file may lack it
public record Line(Path file, long number, String text, boolean whole) {
    /// The row as a record; unknown keys are passed over.
    public <T> T as(Class<T> type) {
        try {
            return Json.read(text, type);
        } catch (DataException e) {
            throw failure(e);
        }
    }

    public JsonNode tree() {
        try {
            return Json.tree(text);
        } catch (DataException e) {
            throw failure(e);
        }
    }

    /// `pool.jsonl:7`
    public String place() {
        return file.getFileName() + ":" + number;
    }

    /// Whether a writer was stopped in the middle of it. A last row that is whole may well lack its newline.
    boolean torn() {
        if (whole) return false;
        try {
            return !Json.tree(text).isObject();
        } catch (DataException _) {
            return true;
        }
    }

    private DataException failure(DataException cause) {
        String why = torn()
                ? "the file ends in the middle of this line; fetch or make it again, or delete the line"
                : cause.getMessage();
        return new DataException(place() + ": " + why, cause);
    }
}
