package dev.caravan.recipe;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A row on its way through the stages: the ids that it has so far, and what it says.
final class FollowedRow {
    private static final Pattern COPY = Pattern.compile("(.+?)(\\+\\d+)+"); // as a mix names it

    private final Optional<String> copy;
    private final Set<String> ids = new LinkedHashSet<>();
    private final Map<Artifact, Set<JsonNode>> texts = new EnumMap<>(Artifact.class);

    /// @param copy the only copy to follow from the mix on that made it; absent: all of them
    private FollowedRow(String id, Optional<String> copy) {
        ids.add(id);
        this.copy = copy;
    }

    /// The row of an id among those of a run. An id that a mix gave to a copy stands for this copy alone, which was
    /// under the row's own id before.
    static FollowedRow among(List<StageFiles> stages, String id) {
        Matcher named = COPY.matcher(id);
        if (named.matches() && copied(stages, named.group(1), id))
            return new FollowedRow(named.group(1), Optional.of(id));
        return new FollowedRow(id, Optional.empty());
    }

    private static boolean copied(List<StageFiles> stages, String original, String copy) {
        return StageFiles.KEPT.stream().anyMatch(artifact -> {
            Set<JsonNode> copies = new HashSet<>();
            Set<JsonNode> originals = new HashSet<>();
            for (StageFiles stage : stages) {
                (stage.mixes() ? copies : originals).addAll(said(stage, artifact, stage.mixes() ? copy : original));
            }
            return !Collections.disjoint(copies, originals);
        });
    }

    private static List<JsonNode> said(StageFiles stage, Artifact artifact, String id) {
        return stage.rows(artifact.file(), List.of(id)).stream()
                .map(found -> said(found.tree()))
                .toList();
    }

    Set<String> ids() {
        return Collections.unmodifiableSet(ids);
    }

    void remember(Artifact artifact, JsonNode row) {
        texts.computeIfAbsent(artifact, _ -> new HashSet<>()).add(said(row));
    }

    /// Where it is in a mix. Rows of other sources may have had its id, and then differ in what they say; of a row
    /// that no earlier stage had, the first that comes is it.
    List<StageFiles.Found> copies(StageFiles mix, Artifact artifact) {
        List<StageFiles.Found> copies = mix.copies(artifact.file(), ids()).stream()
                .filter(found -> isThis(artifact, found.tree()))
                .toList();
        List<String> found = copies.stream().map(StageFiles.Found::id).toList();
        if (copy.isEmpty()) {
            ids.addAll(found);
        } else if (found.contains(copy.get())) {
            ids.clear();
            ids.add(copy.get());
        }
        return copies.stream().filter(one -> ids.contains(one.id())).toList();
    }

    private boolean isThis(Artifact artifact, JsonNode row) {
        if (!texts.containsKey(artifact)) remember(artifact, row);
        return texts.getOrDefault(artifact, Set.of()).contains(said(row));
    }

    private static JsonNode said(JsonNode row) {
        JsonNode said = row.deepCopy();
        if (said instanceof ObjectNode object) object.remove("id");
        return said;
    }
}
