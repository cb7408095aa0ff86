package dev.caravan.recipe;

import dev.caravan.config.NearMiss;
import dev.caravan.io.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a pipeline runs: the stages in their order, and what they have in common.
///
/// @param named references that stages may use by name
record RunPlan(long seed, Compute compute, Map<String, Reference> named, List<? extends PipelineStage> stages) {
    /// What is wrong at a path of the recipe.
    record Finding(String path, String message) {}

    /// Where an input comes from.
    sealed interface Origin {
        record EarlierStage(String name) implements Origin {}

        record OnDisk(Path path) implements Origin {}

        record OnHub(HubRepository repository) implements Origin {}

        record Unknown(String text) implements Origin {}
    }

    /// A stage's own seed: a function of the recipe's seed and the stage's name, and of nothing else. Not negative.
    long seed(PipelineStage stage) {
        return Long.parseLong(Sha256.of(seed + "/" + stage.out()).substring(0, 15), 16);
    }

    /// The names of the stages, in their order.
    List<String> names() {
        return stages.stream().map(PipelineStage::out).toList();
    }

    /// @param earlier the names of the stages before the one that reads
    Origin origin(Reference reference, Set<String> earlier) {
        String text = reference.text();
        if (earlier.contains(text)) return new Origin.EarlierStage(text);
        Reference meant = named.get(text);
        if (meant != null && !meant.equals(reference)) return origin(meant, Set.of());
        if (!text.startsWith("hf:") && Files.exists(Path.of(text))) return new Origin.OnDisk(Path.of(text));
        Optional<HubRepository> repository = HubRepository.parse(text);
        if (repository.isPresent()) return new Origin.OnHub(repository.get());
        return text.contains("/") || text.contains(".") ? new Origin.OnDisk(Path.of(text)) : new Origin.Unknown(text);
    }

    /// What is wrong between the stages, before any of them runs.
    List<Finding> problems(HubCache hub) {
        var findings = new ArrayList<Finding>();
        var earlier = new LinkedHashMap<String, PipelineStage>();
        for (int i = 0; i < stages.size(); i++) {
            PipelineStage stage = stages.get(i);
            String path = "stages[" + i + "].";
            for (Input input : stage.inputs()) {
                problem(input, earlier, hub)
                        .ifPresent(message -> findings.add(new Finding(path + input.key(), message)));
            }
            name(stage.out(), earlier).ifPresent(message -> findings.add(new Finding(path + "out", message)));
            earlier.putIfAbsent(stage.out(), stage);
        }
        return findings;
    }

    private Optional<String> name(String out, Map<String, PipelineStage> earlier) {
        if (earlier.containsKey(out)) return Optional.of("'" + out + "' is the name of an earlier stage already");
        if (named.containsKey(out)) return Optional.of("'" + out + "' is a key of the recipe; choose another name");
        return out.matches("[a-z0-9][a-z0-9_-]*")
                ? Optional.empty()
                : Optional.of("'" + out + "' must be lower-case letters, digits, dashes and underscores");
    }

    private Optional<String> problem(Input input, Map<String, PipelineStage> earlier, HubCache hub) {
        return switch (origin(input.reference(), earlier.keySet())) {
            case Origin.EarlierStage(String name) -> mismatch(input, name, earlier.get(name));
            case Origin.OnDisk(Path path) when Files.exists(path) -> Optional.empty();
            case Origin.OnDisk(Path path) -> Optional.of("'" + path + "' is neither a file nor a folder");
            case Origin.OnHub(HubRepository repository) ->
                hub.find(repository, input.artifact()).isPresent()
                        ? Optional.empty()
                        : Optional.of(hub.absence(repository, input));
            case Origin.Unknown(String text) -> Optional.of(unknown(text, earlier.keySet()));
        };
    }

    private static Optional<String> mismatch(Input input, String name, @Nullable PipelineStage stage) {
        if (stage == null || stage.gives().contains(input.artifact())) return Optional.empty();
        String gives = stage.gives().stream().sorted().map(Artifact::toString).collect(Collectors.joining(" and "));
        return Optional.of("needs %s, but '%s' gives %s".formatted(input.artifact(), name, gives));
    }

    private String unknown(String text, Set<String> earlier) {
        var known = new ArrayList<>(earlier);
        known.addAll(named.keySet());
        if (stages.stream().anyMatch(stage -> stage.out().equals(text))) {
            return "'" + text + "' comes later in the recipe; a stage reads what stands before it";
        }
        return "'" + text + "' is neither an earlier stage nor a file or folder" + NearMiss.suggestion(text, known);
    }
}
