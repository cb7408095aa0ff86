package dev.caravan.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// The scores of every evaluated model, task by task: a plot with 95 % intervals and the table behind it.
final class ReportScores implements ReportSection {
    private final List<ReportRun> runs;
    /// In the order of the stages; a model that is evaluated twice counts as evaluated last.
    private final SequencedMap<Key, Score> scores = new LinkedHashMap<>();

    /// What a score is the score of. Scores of one task, version and metric can be compared.
    private record Key(int run, String model, Measure measure) {}

    /// @param meanOf the rows that it is the mean of; empty for a task
    private record Measure(String task, String version, String metric, List<String> meanOf) {
        boolean isMean() {
            return !meanOf.isEmpty();
        }

        String title() {
            return task + (metric.isEmpty() ? "" : " · " + metric.replace('_', ' '));
        }
    }

    /// @param low lower end of the 95 % interval, absent where the stage gave none
    record Score(String model, double score, OptionalDouble low, OptionalDouble high, long items, long unverifiable) {
        static Score of(JsonNode row) {
            JsonNode interval = row.path("ci95");
            return new Score(
                    ReportJson.text(row, "model"),
                    row.path("score").doubleValue(),
                    end(interval, 0),
                    end(interval, 1),
                    ReportJson.count(row, "n"),
                    ReportJson.count(row, "unverifiable"));
        }

        private static OptionalDouble end(JsonNode interval, int index) {
            JsonNode value = interval.path(index);
            return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
        }

        boolean isShare() {
            return low.orElse(score) >= 0 && high.orElse(score) <= 1 && score >= 0 && score <= 1;
        }

        /// Neither interval reaches into the other.
        boolean apartFrom(Score other) {
            return low.orElse(score) > other.high.orElse(other.score)
                    || high.orElse(score) < other.low.orElse(other.score);
        }
    }

    ReportScores(List<ReportRun> runs) {
        this.runs = runs;
        for (int run = 0; run < runs.size(); run++) {
            for (ReportRun.Stage stage : runs.get(run).stages()) {
                collect(run, stage);
            }
        }
    }

    private void collect(int run, ReportRun.Stage stage) {
        stage.file("scores.json")
                .map(ReportJson::file)
                .ifPresent(rows -> rows.forEach(row -> {
                    if (row.path("score").isNumber()) {
                        var measure = new Measure(
                                ReportJson.text(row, "task"),
                                ReportJson.text(row, "version"),
                                ReportJson.text(row, "metric"),
                                row.path("mean_of")
                                        .valueStream()
                                        .map(name -> name.asString(""))
                                        .toList());
                        var score = Score.of(row);
                        scores.put(new Key(run, score.model(), measure), score);
                    }
                }));
    }

    @Override
    public String id() {
        return "scores";
    }

    @Override
    public String title() {
        return "Scores";
    }

    @Override
    public boolean isEmpty() {
        return scores.isEmpty();
    }

    @Override
    public void write(ReportHtml html) {
        html.leaf("p", "Each dot is a model after a stage, each whisker its 95 % interval.", "class", "lead");
        html.open("div", "class", "charts wide");
        measures().forEach(measure -> chart(measure).write(html));
        html.close();
        table(html);
    }

    /// For the top of the page: each task's first and last score, or the last score of every run.
    Map<String, String> headlines() {
        var headlines = new LinkedHashMap<String, String>();
        measures()
                .forEach(measure -> headlines.put(
                        measure.title(),
                        runs.size() == 1
                                ? firstAndLast(measure, path(0, measure))
                                : IntStream.range(0, runs.size())
                                        .mapToObj(run -> path(run, measure))
                                        .map(path -> path.isEmpty()
                                                ? "–"
                                                : shown(measure, path.getLast().score()))
                                        .collect(Collectors.joining(" · "))));
        return headlines;
    }

    private String firstAndLast(Measure measure, List<Score> path) {
        String last = shown(measure, path.getLast().score());
        return path.size() == 1 ? last : shown(measure, path.getFirst().score()) + " → " + last;
    }

    private SequencedSet<Measure> measures() {
        var measures = new LinkedHashSet<Measure>();
        scores.keySet().forEach(key -> measures.add(key.measure()));
        return measures;
    }

    private SequencedSet<String> models(Measure measure) {
        var models = new LinkedHashSet<String>();
        scores.keySet().stream().filter(key -> key.measure().equals(measure)).forEach(key -> models.add(key.model()));
        return models;
    }

    private List<Score> path(int run, Measure measure) {
        var path = new ArrayList<Score>();
        for (String model : models(measure)) {
            Optional.ofNullable(scores.get(new Key(run, model, measure))).ifPresent(path::add);
        }
        return path;
    }

    private boolean areShares(Measure measure) {
        return scores.entrySet().stream()
                .filter(entry -> entry.getKey().measure().equals(measure))
                .allMatch(entry -> entry.getValue().isShare());
    }

    private String shown(Measure measure, double value) {
        return areShares(measure) ? ChartNumbers.percent(value) : ChartNumbers.compact(value);
    }

    private ChartDots chart(Measure measure) {
        var groups = new ArrayList<List<Score>>();
        for (int run = 0; run < runs.size(); run++) {
            groups.add(path(run, measure));
        }
        return new ChartDots(measure.title(), List.copyOf(models(measure)), groups, areShares(measure));
    }

    private void table(ReportHtml html) {
        ReportPage.table(
                html,
                "All scores. A change is from the row above; it is beyond chance where the intervals do not overlap.",
                "scores");
        ReportPage.columns(html, "Model", "#Score", "#95 % interval", "#Change", "", "#Items", "#Unverifiable");
        for (Measure measure : measures()) {
            html.open("tbody", "class", measure.isMean() ? "mean" : "task").open("tr");
            html.open("th", "colspan", 7, "scope", "rowgroup", "class", "measure");
            html.text(measure.title());
            if (!measure.version().isEmpty()) {
                html.text(" ").leaf("small", "version " + measure.version());
            }
            if (measure.isMean()) {
                html.text(" ").leaf("small", "of " + String.join(", ", measure.meanOf()));
            }
            html.close().close();
            IntStream.range(0, runs.size()).forEach(run -> rows(html, measure, run));
            html.close();
        }
        ReportPage.endTable(html);
    }

    private void rows(ReportHtml html, Measure measure, int run) {
        Optional<Score> before = Optional.empty();
        for (Score score : path(run, measure)) {
            html.open("tr").open("th", "scope", "row").text(score.model());
            if (runs.size() > 1) {
                html.text(" ").leaf("small", runs.get(run).name(), "class", "ink" + run % 6);
            }
            html.close();
            html.leaf("td", shown(measure, score.score()), "class", "n strong");
            html.leaf("td", interval(measure, score), "class", "n");
            change(html, measure, score, before);
            html.leaf("td", score.items() == 0 ? "" : ChartNumbers.count(score.items()), "class", "n");
            html.leaf("td", ChartNumbers.count(score.unverifiable()), "class", "n");
            html.close().newLine();
            before = Optional.of(score);
        }
    }

    private String interval(Measure measure, Score score) {
        return score.low().isPresent() && score.high().isPresent()
                ? shown(measure, score.low().getAsDouble()) + " – "
                        + shown(measure, score.high().getAsDouble())
                : "";
    }

    private void change(ReportHtml html, Measure measure, Score score, Optional<Score> before) {
        double change = before.map(previous -> score.score() - previous.score()).orElse(0.0);
        String shown = areShares(measure) ? ChartNumbers.signedPercentPoints(change) : ChartNumbers.compact(change);
        html.leaf("td", before.isPresent() ? shown : "", "class", "n");
        html.open("td");
        if (before.filter(score::apartFrom).isPresent()) {
            html.leaf("span", "beyond chance", "class", change > 0 ? "badge correct" : "badge wrong");
        }
        html.close();
    }
}
