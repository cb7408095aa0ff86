package dev.caravan.eval;

import dev.caravan.config.Default;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Evaluation tasks with a mean of their scores, each row of which counts the same.
///
/// @param version grows with every change of the rows
/// @param rows names of tasks, or of suites whose own means are the rows
/// @param beside names of tasks that are evaluated, and are no part of the mean
public record Suite(
        String name,
        int version,
        List<String> rows,
        @Default("[]") List<String> beside) {
    public Suite {
        rows = List.copyOf(rows);
        beside = List.copyOf(beside);
    }

    /// The names of its tasks, those of suites within it too.
    public List<String> tasks() {
        return Stream.concat(
                        beside.stream(),
                        rows.stream()
                                .flatMap(row -> Suites.named(row)
                                        .map(suite -> suite.tasks().stream())
                                        .orElse(Stream.of(row))))
                .toList();
    }

    /// This suite behind the suites within it.
    Stream<Suite> withThoseWithin() {
        return Stream.concat(
                rows.stream().map(Suites::named).flatMap(Optional::stream).flatMap(Suite::withThoseWithin),
                Stream.of(this));
    }
}
