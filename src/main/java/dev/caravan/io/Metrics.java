package dev.caravan.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The numbers of one stage by step, in the file of the whole run: `{"stage":"sft","step":12,"loss":1.93}`.
///
/// A stage that goes on from a checkpoint first calls [#resumeFrom]; the first number of one that does not drops
/// what an earlier run of the stage has left.
public final class Metrics implements AutoCloseable {
    private static final long BEFORE_THE_FIRST_STEP = -1;

    private final Store store;
    private final Path file;
    private final String stage;
    private @Nullable Appender appender;

    public Metrics(Store store, Path file, String stage) {
        this.store = store;
        this.file = file;
        this.stage = stage;
    }

    /// Drops the stage's lines of all later steps, atomically.
    ///
    /// @param step the last step that the checkpoint holds
    public void resumeFrom(long step) {
        close();
        if (Files.exists(file) && !wholeAndFree(step)) {
            try (Stream<Line> lines = JsonLines.lines(file)) {
                List<String> kept =
                        lines.filter(line -> stays(line, step)).map(Line::text).toList();
                store.write(file, kept.stream().map(line -> line + "\n").collect(Collectors.joining()));
            }
        }
        appender = store.appender(file);
    }

    /// Adds one line. Numbers keep the order in which the map gives them.
    public void log(long step, SequencedMap<String, ? extends Number> numbers) {
        if (appender == null) resumeFrom(BEFORE_THE_FIRST_STEP);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("stage", stage);
        row.put("step", step);
        numbers.forEach((name, number) -> row.put(name, finite(number)));
        if (appender != null) {
            appender.add(row);
            appender.flush();
        }
    }

    /// Forces the lines to the disk; a checkpoint of step k calls it before it is published.
    public void sync() {
        if (appender != null) appender.sync();
    }

    @Override
    public void close() {
        if (appender != null) appender.close();
        appender = null;
    }

    private boolean wholeAndFree(long step) {
        try (Stream<Line> lines = JsonLines.lines(file)) {
            return lines.allMatch(line -> stays(line, step));
        }
    }

    private boolean stays(Line line, long step) {
        if (line.torn()) return false;
        JsonNode row = line.tree();
        return !row.path("stage").asString("").equals(stage) || row.path("step").asLong(0) <= step;
    }

    /// JSON has no NaN and no infinity; they are written as text.
    private static Object finite(Number number) {
        return Double.isFinite(number.doubleValue()) ? number : number.toString();
    }
}
