package dev.caravan.recipe;

import dev.caravan.config.Names;
import dev.caravan.config.Settings;
import dev.caravan.io.Sha256;
import dev.caravan.tensor.Precision;
import dev.caravan.verify.Verifiers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// All that a stage's results depend on, field by field: its type and version, those of the verifiers that it
/// asks, its settings with every default filled in, its seed, and the fingerprints or content hashes of what it
/// reads. How a reference is written does not matter, only what it leads to. Equal fingerprints are equal results.
///
/// The number of threads is left out, though it can move the last bits of a sum: a run may go on on another
/// machine.
public record Fingerprint(Map<String, String> fields) {
    /// @param inputs hashes by the keys of [PipelineStage#inputs()]
    static Fingerprint of(PipelineStage stage, long seed, Compute compute, Map<String, String> inputs) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("type", type(stage));
        fields.put("version", String.valueOf(stage.version()));
        fields.put("seed", String.valueOf(seed));
        if (computes(stage)) {
            fields.put("precision", compute.precision().map(Precision::label).orElse("machine's choice"));
            fields.put("device", compute.device().orElse("machine's choice"));
        }
        if (stage.asksVerifiers()) {
            Verifiers.installed().versions().forEach((name, version) -> fields.put("verifiers." + name, "" + version));
        }
        Map<String, Object> settings = settings(stage);
        inputs.keySet().forEach(key -> settings.remove(key.replaceAll("\\[\\d+]", "")));
        flatten("settings", settings, fields);
        inputs.keySet().forEach(key -> fields.remove("settings." + key));
        inputs.forEach((key, hash) -> fields.put("inputs." + key, hash));
        return new Fingerprint(fields);
    }

    static String type(PipelineStage stage) {
        return Names.choice(stage.getClass(), Stage.class);
    }

    static Map<String, Object> settings(PipelineStage stage) {
        if (stage instanceof Record record) return Settings.of(record.getClass(), record);
        throw new IllegalStateException("a stage is a record, but not " + stage.getClass());
    }

    String hash() {
        return Sha256.of(fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue() + "\n")
                .collect(Collectors.joining()));
    }

    /// The fields that differ, as `settings.epochs was 1, is 2`.
    List<String> differencesFrom(Map<String, String> earlier) {
        Set<String> names = new LinkedHashSet<>(fields.keySet());
        names.addAll(earlier.keySet());
        var differences = new ArrayList<String>();
        for (String name : names) {
            String was = earlier.getOrDefault(name, "absent");
            String is = fields.getOrDefault(name, "absent");
            if (!was.equals(is)) differences.add("%s was %s, is %s".formatted(name, brief(was), brief(is)));
        }
        return differences;
    }

    private static String brief(String value) {
        return value.matches("[0-9a-f]{64}") ? value.substring(0, 12) + "…" : value;
    }

    private static boolean computes(PipelineStage stage) {
        return stage.gives().contains(Artifact.MODEL)
                || stage.inputs().stream().anyMatch(input -> input.artifact() == Artifact.MODEL);
    }

    private static void flatten(String path, Object value, Map<String, String> fields) {
        switch (value) {
            case Map<?, ?> map
            when !map.isEmpty() -> map.forEach((key, each) -> flatten(path + "." + key, each, fields));
            case List<?> list
            when !list.isEmpty() -> {
                for (int i = 0; i < list.size(); i++) {
                    flatten(path + "[" + i + "]", list.get(i), fields);
                }
            }
            default -> fields.put(path, value.toString());
        }
    }
}
