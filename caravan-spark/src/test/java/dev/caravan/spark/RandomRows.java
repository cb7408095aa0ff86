package dev.caravan.spark;

import dev.caravan.io.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rows of a small world, in which texts repeat, nearly repeat and share ids.
final class RandomRows {
    private static final String[] IDS = {"x", "x.2", "x.2.2", "y", "y.3", "x+2"};

    private final Random random;
    private final List<List<String>> texts = new ArrayList<>();
    private final List<List<Map<String, String>>> said = new ArrayList<>();

    RandomRows(long seed) {
        this.random = new Random(seed);
    }

    /// A file of rows, with blank lines between some of them.
    Path file(Path folder, String name, int rows) {
        String lines = IntStream.range(0, rows)
                .mapToObj(_ -> line() + (random.nextInt(10) == 0 ? "\n\n" : "\n"))
                .collect(Collectors.joining());
        return write(folder.resolve(name), lines);
    }

    /// As [#file], with a malformed row in about every tenth place.
    Path fileWithBadRows(Path folder, String name, int rows) {
        String[] bad = {
            "{\"messages\": []}", "{broken", "[1]", "{\"nothing\": 1}", "{\"messages\": [{\"role\": \"x\"}]}"
        };
        String lines = IntStream.range(0, rows)
                .mapToObj(_ -> (random.nextInt(10) == 0 ? bad[random.nextInt(bad.length)] : line()) + "\n")
                .collect(Collectors.joining());
        return write(folder.resolve(name), lines);
    }

    static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() {
        var row = new LinkedHashMap<String, Object>();
        if (random.nextInt(4) == 0) row.put("id", IDS[random.nextInt(IDS.length)]);
        if (random.nextInt(5) == 0) row.put("source", "inner" + random.nextInt(2));
        row.put("messages", messages());
        if (random.nextInt(6) == 0) row.put("licence", "mit");
        return Json.write(row);
    }

    private List<Map<String, String>> messages() {
        if (!said.isEmpty() && random.nextInt(5) == 0) return said.get(random.nextInt(said.size()));
        List<Map<String, String>> messages = List.of(turn("user", text()), turn("assistant", text()));
        said.add(messages);
        return messages;
    }

    static Map<String, String> turn(String role, String content) {
        return Map.of("role", role, "content", content);
    }

    /// A new text, an old one, or an old one with a change.
    private String text() {
        List<String> words = texts.isEmpty() || random.nextInt(3) == 0
                ? IntStream.range(0, 8 + random.nextInt(30))
                        .mapToObj(_ -> "word" + random.nextInt(400))
                        .toList()
                : changed(texts.get(random.nextInt(texts.size())));
        texts.add(words);
        String text = String.join(" ", words);
        return random.nextInt(4) == 0 ? text.toUpperCase() + " é…" : text;
    }

    private List<String> changed(List<String> words) {
        if (random.nextInt(3) == 0) return words;
        var changed = new ArrayList<>(words);
        changed.set(random.nextInt(changed.size()), "new" + random.nextInt(50));
        return changed;
    }
}
