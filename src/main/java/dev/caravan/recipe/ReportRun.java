package dev.caravan.recipe;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What a run folder holds, as far as it has come.
///
/// @param name the folder's name
/// @param stages the finished ones, in order
/// @param metrics by stage (without its number), quantity and step
record ReportRun(
        String name,
        List<Stage> stages,
        Map<String, Map<String, SortedMap<Long, Double>>> metrics,
        int unreadableMetrics) {
    private static final Pattern NUMBERED = Pattern.compile("(\\d+)-([^.]+)");
    private static final List<String> NOT_MEASURED = List.of("stage", "step", "time");

    /// A finished stage.
    ///
    /// @param number its place in the recipe, from the folder's name
    record Stage(int number, String name, Path folder, JsonNode manifest) {
        String type() {
            return ReportJson.text(manifest, "type");
        }

        double seconds() {
            return ReportJson.number(manifest, "seconds").orElse(0);
        }

        Optional<Path> file(String name) {
            return Optional.of(folder.resolve(name)).filter(Files::isRegularFile);
        }

        /// In the order of their names.
        List<Path> files(String suffix) {
            return list(folder).stream()
                    .filter(file -> file.getFileName().toString().endsWith(suffix))
                    .toList();
        }
    }

    static ReportRun read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new RecipeException(
                    "there is no run folder " + folder + "; name the folder that `caravan run` printed");
        }
        var metrics = new LinkedHashMap<String, Map<String, SortedMap<Long, Double>>>();
        Path measured = folder.resolve("metrics.jsonl");
        int unreadable = Files.isRegularFile(measured) ? ReportJson.eachRow(measured, row -> collect(row, metrics)) : 0;
        List<Stage> stages = stages(folder);
        if (stages.isEmpty() && metrics.isEmpty()) {
            throw new RecipeException(
                    folder + " holds neither metrics.jsonl nor a finished stage (NN-name/manifest.json), so"
                            + " there is nothing to report; name the folder that `caravan run` printed");
        }
        return new ReportRun(name(folder), stages, metrics, unreadable);
    }

    /// The name of a stage without its number: `sft` for `03-sft`.
    static String withoutNumber(String stage) {
        Matcher numbered = NUMBERED.matcher(stage);
        return numbered.matches() ? numbered.group(2) : stage;
    }

    private static String name(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? folder.toString() : name.toString();
    }

    private static List<Stage> stages(Path folder) {
        return list(folder).stream()
                .filter(path -> Files.isRegularFile(path.resolve("manifest.json")))
                .map(path -> NUMBERED.matcher(path.getFileName().toString()))
                .filter(Matcher::matches)
                .map(name -> stage(folder, name))
                .sorted(Comparator.comparingInt(Stage::number).thenComparing(Stage::name))
                .toList();
    }

    private static Stage stage(Path folder, Matcher name) {
        Path path = folder.resolve(name.group());
        return new Stage(
                Integer.parseInt(name.group(1)), name.group(2), path, ReportJson.file(path.resolve("manifest.json")));
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList();
        } catch (IOException e) {
            throw new DataException(folder + " cannot be listed: " + e.getMessage(), e);
        }
    }

    /// A step that was measured twice, before and after an interruption, counts once, as measured last.
    private static void collect(JsonNode row, Map<String, Map<String, SortedMap<Long, Double>>> metrics) {
        if (!row.path("step").isNumber()) {
            return;
        }
        long step = row.path("step").longValue();
        var ofStage = metrics.computeIfAbsent(withoutNumber(ReportJson.text(row, "stage")), _ -> new LinkedHashMap<>());
        row.properties().stream()
                .filter(entry -> !NOT_MEASURED.contains(entry.getKey()))
                .forEach(entry -> measured(entry.getValue())
                        .ifPresent(value -> ofStage.computeIfAbsent(entry.getKey(), _ -> new TreeMap<>())
                                .put(step, value)));
    }

    /// JSON has no word for what is not finite; some writers use text.
    private static Optional<Double> measured(JsonNode value) {
        boolean notFinite = value.isString() && value.stringValue().matches("NaN|[+-]?Infinity");
        return notFinite
                ? Optional.of(Double.NaN)
                : Optional.of(value).filter(JsonNode::isNumber).map(JsonNode::doubleValue);
    }
}
