package dev.caravan.eval;

import dev.caravan.generate.Answer;
import dev.caravan.judge.PreferenceJudge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/// How a model did on a task.
///
/// @param temperature at which its answers were drawn; 0 is greedy
/// @param results of each item
/// @param estimate over the items that could be judged
/// @param gain over the model before it in the list, item by item; absent for the first
public record TaskScore(
        String model,
        EvalTask task,
        double temperature,
        List<ItemResult> results,
        Estimate estimate,
        Optional<PairedComparison> gain) {
    /// @param results one an item, in the task's order
    /// @param earlier scores of the models before this one
    public static TaskScore of(
            String model,
            EvalTask task,
            double temperature,
            List<ItemResult> results,
            List<TaskScore> earlier,
            long seed) {
        Estimate estimate = Estimate.ofGroups(judgedGroups(task, results), seed);
        Optional<PairedComparison> gain = earlier.stream()
                .filter(e -> e.task.name().equals(task.name()) && e.temperature == temperature)
                .reduce((_, last) -> last)
                .map(before -> compared(task, scores(before.results), results, seed));
        return new TaskScore(model, task, temperature, results, estimate, gain);
    }

    /// The scores of the items that could be judged, by the groups that the task averages over.
    List<double[]> judgedGroups() {
        return judgedGroups(task, results);
    }

    private static List<double[]> judgedGroups(EvalTask task, List<ItemResult> results) {
        return groups(task, results.stream().filter(ItemResult::isJudged).toList(), ItemResult::score);
    }

    /// What the task counts with in a suite: its length-controlled rate, or else its score.
    double headline() {
        return lengthControlled().orElse(estimate.mean());
    }

    /// How this model compares with one whose scores are known by the hashes of the items.
    public PairedComparison comparedWith(Map<String, Double> other, long seed) {
        return compared(task, other, results, seed);
    }

    private static PairedComparison compared(
            EvalTask task, Map<String, Double> before, List<ItemResult> after, long seed) {
        List<ItemResult> both = after.stream()
                .filter(result ->
                        result.isJudged() && before.containsKey(result.item().hash()))
                .toList();
        return PairedComparison.of(
                groups(task, both, r -> r.score() - before.getOrDefault(r.item().hash(), Double.NaN)), seed);
    }

    private static Map<String, Double> scores(List<ItemResult> results) {
        var scores = new LinkedHashMap<String, Double>();
        results.stream()
                .filter(ItemResult::isJudged)
                .forEach(result -> scores.put(result.item().hash(), result.score()));
        return scores;
    }

    /// One group of all items, or those of the task where it averages over them.
    private static List<double[]> groups(EvalTask task, List<ItemResult> results, ToDoubleFunction<ItemResult> value) {
        boolean byGroup = task.definition().average() == TaskDefinition.Average.GROUPS;
        var groups = new LinkedHashMap<String, List<Double>>();
        for (ItemResult result : results) {
            groups.computeIfAbsent(byGroup ? result.item().group() : "", _ -> new ArrayList<>())
                    .add(value.applyAsDouble(result));
        }
        return groups.values().stream()
                .map(group -> group.stream().mapToDouble(Double::doubleValue).toArray())
                .toList();
    }

    /// How many items could not be judged.
    public int unverifiable() {
        return results.size() - estimate.n();
    }

    /// The length-controlled win rate over the baseline, where that is what the task asks.
    public Optional<Double> lengthControlled() {
        if (!(task.definition().scoring() instanceof Scoring.PreferenceScoring)) return Optional.empty();
        double rate = LengthControl.winRate(results.stream()
                .filter(ItemResult::isJudged)
                .map(TaskScore::compared)
                .toList());
        return Optional.of(rate).filter(Double::isFinite);
    }

    /// How many preferences the judge decided by log-probabilities, and how many by the text of its reply; empty
    /// where there is no preference.
    public SequencedMap<String, Long> decidedBy() {
        var counts = new LinkedHashMap<String, Long>();
        results.stream()
                .flatMap(result -> result.judgements().stream())
                .map(judgement -> judgement.details().get(PreferenceJudge.DECIDED_BY))
                .filter(Objects::nonNull)
                .forEach(by -> counts.merge(by.toString(), 1L, Long::sum));
        return counts;
    }

    private static LengthControl.Row compared(ItemResult result) {
        var compared = (Target.Compared) result.item().target();
        var answer = (Answer.Written)
                ((Response.Written) result.response()).answers().getFirst();
        return new LengthControl.Row(
                result.score(),
                characters(answer.text()),
                characters(compared.baseline()),
                compared.difficulty().orElse(0.0));
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    /// `greedy`, or the temperature.
    public static String mode(double temperature) {
        return temperature == 0 ? "greedy" : "T = " + temperature;
    }

    /// A row of `scores.json`.
    public Map<String, Object> row() {
        boolean written = task.definition().scoring().writing().isPresent();
        var row = new LinkedHashMap<String, Object>();
        row.put("model", model);
        row.put("task", task.name());
        row.put("version", task.definition().version());
        row.put("metric", task.definition().metric() + (written ? ", " + mode(temperature) : ""));
        row.put("score", estimate.mean());
        row.put("ci95", List.of(estimate.low(), estimate.high()));
        lengthControlled().ifPresent(rate -> row.put("length_controlled", rate));
        if (!decidedBy().isEmpty()) row.put(PreferenceJudge.DECIDED_BY, decidedBy());
        row.put("n", estimate.n());
        row.put("unverifiable", unverifiable());
        gain.ifPresent(g -> {
            row.put("gain", g.difference().mean());
            row.put("gain_ci95", List.of(g.difference().low(), g.difference().high()));
            row.put("gain_p_value", g.pValue());
        });
        return row;
    }
}
