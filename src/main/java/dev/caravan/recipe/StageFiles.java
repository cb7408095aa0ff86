package dev.caravan.recipe;

import dev.caravan.io.Json;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The files of a finished stage, as one looks for a row in them.
///
/// @param manifest absent where it cannot be read
record StageFiles(Path folder, Optional<Manifest> manifest) {
    static final List<Artifact> KEPT = List.of(Artifact.CONVERSATIONS, Artifact.PROMPTS, Artifact.PAIRS);
    static final String STEPS = "steps.jsonl";
    private static final String CLUSTERS = "clusters.jsonl";
    private static final String COPIES = "(\\+\\d+)*";

    static StageFiles of(Path folder) {
        return new StageFiles(folder, Manifest.read(folder));
    }

    /// A row that was looked for.
    record Found(String place, long line, JsonNode tree) {
        private static Found of(Line line) {
            return new Found(line.place(), line.number(), line.tree());
        }

        String id() {
            return tree.path("id").asString("");
        }
    }

    String name() {
        return String.valueOf(folder.getFileName());
    }

    boolean mixes() {
        return is("mix");
    }

    private boolean is(String type) {
        return manifest.filter(known -> known.type().equals(type)).isPresent();
    }

    /// The lines of a file whose rows have one of the ids.
    List<Found> rows(String file, Collection<String> ids) {
        return matching(file, ids.stream().map(Json::write).toList(), ids::contains);
    }

    /// As [#rows], with the ids that a mix gives to copies, too.
    List<Found> copies(String file, Collection<String> ids) {
        List<Pattern> names = ids.stream()
                .map(id -> Pattern.compile(Pattern.quote(id) + COPIES))
                .toList();
        return matching(
                file,
                ids.stream().map(id -> Json.write(id).replaceAll("\"$", "")).toList(),
                id -> names.stream().anyMatch(name -> name.matcher(id).matches()));
    }

    /// The other rows of the cluster in whose place a row stays.
    List<String> clusterOf(String id) {
        return lines(CLUSTERS, List.of(Json.write(id)), Line::tree).stream()
                .filter(cluster -> cluster.path("kept").asString("").equals(id))
                .flatMap(cluster -> cluster.path("rows").valueStream())
                .map(member -> member.path("id").asString(""))
                .filter(member -> !member.equals(id))
                .toList();
    }

    /// The optimizer steps that learnt from one of the rows.
    List<Long> steps(Collection<String> ids) {
        return lines(STEPS, ids.stream().map(Json::write).toList(), Line::tree).stream()
                .filter(step -> step.path("rows").valueStream().anyMatch(row -> ids.contains(row.asString(""))))
                .map(step -> step.path("step").asLong(0))
                .toList();
    }

    /// How a row came to be in the stage's results.
    String madeBy(JsonNode row) {
        if (is("synthesise")) return "written by " + writer();
        return is("preferences") && row.has("because")
                ? "made a pair (" + row.path("because").asString("") + ")"
                : "kept";
    }

    private String writer() {
        Map<String, Object> settings = manifest.map(Manifest::settings).orElse(Map.of());
        Object model = settings.get("model");
        if (model != null) return String.valueOf(model);
        return settings.get("endpoint") instanceof Map<?, ?> endpoint
                ? String.valueOf(endpoint.get("url"))
                : "an endpoint";
    }

    private List<Found> matching(String file, List<String> texts, Predicate<String> id) {
        return lines(file, texts, Found::of).stream()
                .filter(found -> id.test(found.id()))
                .toList();
    }

    /// The lines that hold one of the texts; only these are parsed.
    private <T> List<T> lines(String file, List<String> texts, Function<Line, T> read) {
        Path path = folder.resolve(file);
        if (!Files.exists(path)) return List.of();
        try (Stream<Line> lines = JsonLines.lines(path)) {
            return lines.filter(line -> texts.stream().anyMatch(line.text()::contains))
                    .map(read)
                    .collect(Collectors.toList());
        }
    }
}
