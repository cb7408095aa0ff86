package dev.caravan.recipe;

import dev.caravan.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Where a row came from and what every stage of a run said of it, followed through mixes, where the further copies of
/// a row have ids of their own.
public final class Lineage {
    static final String REJECTED = "rejected.jsonl";
    private static final List<String> LEFT_OUT = List.of(REJECTED, "removed.jsonl");
    private static final int SHOWN_STEPS = 20;

    private final FollowedRow row;

    private Lineage(FollowedRow row) {
        this.row = row;
    }

    /// What one stage did with the row.
    ///
    /// @param stage the stage's folder, such as `02-clean`
    /// @param place the file and line that say so
    /// @param verdict such as `kept` or `left out: too long`
    public record Verdict(String stage, String place, String verdict) {}

    /// The verdicts of all finished stages, in their order.
    public static List<Verdict> of(Path run, String id) {
        List<StageFiles> stages =
                new RunFolder(run).finished().stream().map(StageFiles::of).toList();
        var lineage = new Lineage(FollowedRow.among(stages, id));
        List<Verdict> verdicts = stages.stream()
                .flatMap(stage -> lineage.verdicts(stage).stream())
                .toList();
        if (verdicts.isEmpty())
            throw new DataException("no finished stage of " + run + " has a row with the id '" + id + "'");
        return verdicts;
    }

    private List<Verdict> verdicts(StageFiles stage) {
        var verdicts = new ArrayList<Verdict>();
        stage.rows(RowOrigin.FILE, row.ids())
                .forEach(found -> verdicts.add(verdict(stage, found, origin(found.tree()))));
        for (Artifact artifact : StageFiles.KEPT) {
            if (stage.mixes()) {
                mixed(stage, artifact).ifPresent(verdicts::add);
            } else {
                kept(stage, artifact, verdicts);
            }
        }
        for (String file : LEFT_OUT) {
            stage.rows(file, row.ids()).forEach(found -> verdicts.add(verdict(stage, found, leftOut(found.tree()))));
        }
        List<Long> steps = stage.steps(row.ids());
        if (!steps.isEmpty()) verdicts.add(new Verdict(stage.name(), StageFiles.STEPS, trainedOn(steps)));
        return verdicts;
    }

    private void kept(StageFiles stage, Artifact artifact, List<Verdict> verdicts) {
        for (StageFiles.Found found : stage.rows(artifact.file(), row.ids())) {
            row.remember(artifact, found.tree());
            verdicts.add(verdict(
                    stage,
                    found,
                    stage.madeBy(found.tree()) + source(found.tree()) + repeated(stage, artifact, found.tree())));
        }
    }

    /// Rows that this one stands for, since they say the same.
    private static String repeated(StageFiles stage, Artifact artifact, JsonNode kept) {
        if (artifact != Artifact.CONVERSATIONS) return "";
        List<String> others = stage.clusterOf(kept.path("id").asString(""));
        return others.isEmpty() ? "" : ", in place of " + String.join(", ", others);
    }

    private Optional<Verdict> mixed(StageFiles stage, Artifact artifact) {
        List<StageFiles.Found> copies = row.copies(stage, artifact);
        if (copies.isEmpty()) return Optional.empty();
        String times = copies.size() == 1
                ? "mixed in"
                : "mixed in %d times, as %s"
                        .formatted(
                                copies.size(),
                                copies.stream()
                                        .map(copy ->
                                                copy.tree().path("id").asString("") + " (line " + copy.line() + ")")
                                        .collect(Collectors.joining(", ")));
        StageFiles.Found first = copies.getFirst();
        return Optional.of(verdict(stage, first, times + source(first.tree())));
    }

    private static Verdict verdict(StageFiles stage, StageFiles.Found found, String verdict) {
        return new Verdict(stage.name(), found.place(), verdict);
    }

    private static String origin(JsonNode row) {
        return "read from " + row.path("from").asString("?") + source(row);
    }

    private static String source(JsonNode row) {
        String source = row.path("source").asString("");
        return source.isEmpty() ? "" : ", from the source " + source;
    }

    private static String leftOut(JsonNode row) {
        String filter = row.path("filter").asString("");
        String reason = row.path("reason").asString("");
        String form = row.path("as").asString("");
        return "left out"
                + (form.isEmpty() ? "" : " as a " + form)
                + (filter.isEmpty() ? "" : " by " + filter)
                + (reason.isEmpty() ? "" : ": " + reason)
                + (row.has("test_id") ? repeats(row, reason) : "");
    }

    /// The test item with the share of its words that the row repeats.
    private static String repeats(JsonNode row, String reason) {
        String item = row.path("test_id").asString("?");
        String task = row.path("task").asString("");
        String named = reason.contains(item) ? "" : "; repeats " + item + (task.isEmpty() ? "" : " of " + task);
        JsonNode similarity = row.path("similarity");
        return named
                + (similarity.isNumber()
                        ? String.format(Locale.ROOT, " (similarity %.2f)", similarity.asDouble(0))
                        : " (" + share(row.path("coverage")) + " of its words)");
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
}
