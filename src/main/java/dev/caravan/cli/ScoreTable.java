package dev.caravan.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.caravan.DataException;
import dev.caravan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a run's evaluations found, for people at a console: each task and way of answering has its models in order,
/// each with its score, the 95 % interval and the gain over the model before it, in per cent and percentage points.
record ScoreTable(List<Score> scores) {
    private static final String FILE = "scores.json";
    private static final String NUMBERS = "  %7s  %15s  %7s  %17s";

    /// A row of `scores.json`; an interval is its two ends.
    ///
    /// @param gain over the model before this one; absent for the first
    record Score(
            String model,
            String task,
            String metric,
            double score,
            double[] ci95,
            Optional<Double> gain,
            @JsonProperty("gain_ci95") Optional<double[]> gainInterval) {
        private String heading() {
            return task + ", " + metric;
        }

        private String line(String name) {
            String numbers = NUMBERS.formatted(
                    percent(score),
                    "%s – %s".formatted(percent(ci95[0]), percent(ci95[1])),
                    gain.map(Score::points).orElse(""),
                    gainInterval
                            .map(ends -> points(ends[0]) + " – " + points(ends[1]))
                            .orElse(""));
            return (name + numbers).stripTrailing();
        }

        private static String percent(double share) {
            return String.format(Locale.ROOT, "%.1f", 100 * share);
        }

        private static String points(double difference) {
            return String.format(Locale.ROOT, "%+.1f", 100 * difference);
        }
    }

    /// The scores of the finished stages of a run, in their order.
    static ScoreTable of(Path run) {
        try (Stream<Path> folders = Files.list(run)) {
            return new ScoreTable(
                    folders.filter(folder -> folder.getFileName().toString().matches("\\d\\d-[^.]+"))
                            .map(folder -> folder.resolve(FILE))
                            .filter(Files::exists)
                            .sorted()
                            .flatMap(file -> Stream.of(read(file)))
                            .toList());
        } catch (IOException e) {
            throw new DataException("cannot read the run folder " + run, e);
        }
    }

    private static Score[] read(Path file) {
        try {
            return Json.read(Files.readString(file), Score[].class);
        } catch (IOException e) {
            throw new DataException("cannot read " + file, e);
        }
    }

    /// Nothing when nothing was evaluated.
    List<String> lines() {
        Map<String, List<Score>> byHeading = new LinkedHashMap<>();
        scores.forEach(score -> byHeading
                .computeIfAbsent(score.heading(), _ -> new ArrayList<>())
                .add(score));
        int width = Stream.concat(byHeading.keySet().stream(), scores.stream().map(score -> "  " + score.model()))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        var lines = new ArrayList<String>();
        byHeading.forEach((heading, rows) -> {
            lines.add(padded(heading, width) + NUMBERS.formatted("score %", "95 % interval", "gain", "95 % interval"));
            rows.forEach(score -> lines.add(score.line(padded("  " + score.model(), width))));
        });
        return lines;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
