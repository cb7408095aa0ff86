package dev.caravan.recipe;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Where a row came from and what every stage of a run said of it.
public final class Lineage {
    private static final String STEPS = "steps.jsonl";
    private static final List<String> KEPT = List.of("data.jsonl", "prompts.jsonl", "pairs.jsonl");
    private static final List<String> LEFT_OUT = List.of("rejected.jsonl", "removed.jsonl");
    private static final int SHOWN_STEPS = 20;

    private final String id;

    private Lineage(String id) {
        this.id = id;
    }

    /// What one stage did with the row.
    ///
    /// @param stage the stage's folder, such as `02-clean`
    /// @param place the file and line that say so
    /// @param verdict such as `kept` or `left out: too long`
    public record Verdict(String stage, String place, String verdict) {}

    /// The verdicts of all finished stages, in their order.
    public static List<Verdict> of(Path run, String id) {
        var lineage = new Lineage(id);
        List<Verdict> verdicts = new RunFolder(run)
                .finished().stream().flatMap(lineage::verdicts).toList();
        if (verdicts.isEmpty())
            throw new DataException("no finished stage of " + run + " has a row with the id '" + id + "'");
        return verdicts;
    }

    private Stream<Verdict> verdicts(Path stage) {
        var verdicts = new ArrayList<Verdict>();
        KEPT.forEach(file -> rows(stage.resolve(file)).forEach(line -> verdicts.add(verdict(stage, line, kept(line)))));
        LEFT_OUT.forEach(file ->
                rows(stage.resolve(file)).forEach(line -> verdicts.add(verdict(stage, line, leftOut(line.tree())))));
        List<Long> steps = steps(stage.resolve(STEPS));
        if (!steps.isEmpty()) verdicts.add(new Verdict(name(stage), STEPS, trainedOn(steps)));
        return verdicts.stream();
    }

    private Verdict verdict(Path stage, Line line, String verdict) {
        return new Verdict(name(stage), line.place(), verdict);
    }

    /// The lines of a file whose row has the id.
    private List<Line> rows(Path file) {
        if (!Files.exists(file)) return List.of();
        String quoted = Json.write(id);
        try (Stream<Line> lines = JsonLines.lines(file)) {
            return lines.filter(line -> line.text().contains(quoted))
                    .filter(line -> line.tree().path("id").asString("").equals(id))
                    .toList();
        }
    }

    private List<Long> steps(Path file) {
        if (!Files.exists(file)) return List.of();
        String quoted = Json.write(id);
        try (Stream<Line> lines = JsonLines.lines(file)) {
            return lines.filter(line -> line.text().contains(quoted))
                    .map(Line::tree)
                    .filter(this::trains)
                    .map(step -> step.path("step").asLong(0))
                    .toList();
        }
    }

    private boolean trains(JsonNode step) {
        return StreamSupport.stream(step.path("rows").spliterator(), false)
                .anyMatch(row -> row.asString("").equals(id));
    }

    private static String kept(Line line) {
        String source = line.tree().path("source").asString("");
        return source.isEmpty() ? "kept" : "kept, from the source " + source;
    }

    private static String leftOut(JsonNode row) {
        String filter = row.path("filter").asString("");
        String reason = row.path("reason").asString("");
        if (row.has("test_id")) {
            return "left out: shares %s of its text with the test row %s"
                    .formatted(share(row.path("coverage")), row.path("test_id").asString("?"));
        }
        return "left out" + (filter.isEmpty() ? "" : " by " + filter) + (reason.isEmpty() ? "" : ": " + reason);
    }

    private static String share(JsonNode coverage) {
        return coverage.isNumber() ? Math.round(coverage.asDouble(0) * 100) + " %" : "some";
    }

    private static String trainedOn(List<Long> steps) {
        String shown = steps.stream().limit(SHOWN_STEPS).map(String::valueOf).collect(Collectors.joining(", "));
        return (steps.size() == 1 ? "trained on in step " : "trained on in the " + steps.size() + " steps ")
                + shown
                + (steps.size() > SHOWN_STEPS ? ", …" : "");
    }

    private static String name(Path stage) {
        return String.valueOf(stage.getFileName());
    }
}
