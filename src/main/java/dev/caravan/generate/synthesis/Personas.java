package dev.caravan.generate.synthesis;

import dev.caravan.DataException;
import dev.caravan.data.Draws;
import dev.caravan.io.Json;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Line;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// People in a line each, who prompts are written for.
public final class Personas {
    private final List<String> texts;
    private final Draws draws;
    private final Map<Integer, int[]> orders = new HashMap<>();

    private record Row(String persona) {}

    private Personas(List<String> texts, long seed) {
        this.texts = List.copyOf(texts);
        draws = new Draws(seed, "personas");
    }

    /// Those that come with Caravan.
    public static Personas own(long seed) {
        return new Personas(
                Resources.text("personas.jsonl")
                        .lines()
                        .map(line -> Json.read(line, Row.class).persona())
                        .toList(),
                seed);
    }

    /// Those of a file of rows `{"persona": …}`.
    ///
    /// @throws DataException with `file:line` when a row has none
    public static Personas read(Path file, long seed) {
        try (Stream<Line> lines = JsonLines.lines(file)) {
            List<String> texts = lines.map(Personas::text).toList();
            if (texts.isEmpty()) throw new DataException(file + " has no personas; give rows {\"persona\": \"…\"}");
            return new Personas(texts, seed);
        }
    }

    private static String text(Line line) {
        String text = line.as(Row.class).persona().strip();
        if (text.isEmpty()) throw new DataException(line.place() + ": the persona is empty");
        return text;
    }

    public int size() {
        return texts.size();
    }

    /// The persona of a row: all of them in a random order, then all in another one, and so on.
    String of(int row) {
        int round = row / texts.size();
        int[] order = orders.computeIfAbsent(round, _ -> draws.permutation(texts.size(), round));
        return texts.get(order[row % texts.size()]);
    }
}
