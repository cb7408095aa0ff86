package dev.caravan.curate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Compares rows that were found clean once more: by the rule that found them so, and by the full-string rule,
/// which looks for whole items in another way.
public final class Recheck {
    private final List<Screening> screenings;
    private final Policies policies;
    private long rows;
    private boolean done;

    /// @param screenings what [#screenings] makes of the one that found the rows clean
    public Recheck(List<Screening> screenings, Policies policies) {
        this.screenings = List.copyOf(screenings);
        this.policies = policies;
    }

    /// The screenings of both rules.
    public static List<Screening> screenings(Screening screening) {
        if (!(screening.rule().method() instanceof Matcher.Ngram ngram)) return List.of(screening);
        var exact = new Decontaminator(
                new Matcher.Exact(ngram.n()),
                screening.rule().datasetMatch(),
                screening.rule().turns());
        return List.of(screening, new Screening(exact, screening.items(), screening.threads()));
    }

    /// Compares rows by each rule.
    ///
    /// @throws IllegalStateException when one of them repeats an item
    public <T> void read(TrainingRows<T> clean) {
        try (Stream<T> stream = clean.stream().get()) {
            Stream<T> checked = stream;
            for (Screening screening : screenings) checked = checked(clean, checked, screening);
            checked.forEach(_ -> rows++);
        }
        done = true;
    }

    private <T> Stream<T> checked(TrainingRows<T> clean, Stream<T> rows, Screening screening) {
        return screening.each(rows, clean.messages(), (row, overlaps) -> {
            refuse(clean, row, overlaps);
            return row;
        });
    }

    private <T> void refuse(TrainingRows<T> clean, T row, List<Overlap> overlaps) {
        if (overlaps.isEmpty() || policies.of(clean.source().apply(row)) == Policies.Policy.REPORT) return;
        throw new IllegalStateException(
                "row " + clean.id().apply(row) + " was written as clean, but repeats a test item");
    }

    /// What the report says of it.
    Map<String, Object> line() {
        return line(done, rows);
    }

    /// What the report says of a second look that found all rows clean.
    public static Map<String, Object> line(boolean done, long rows) {
        var line = new LinkedHashMap<String, Object>();
        line.put("done", done);
        line.put("rows", rows);
        line.put("overlapping", 0);
        return line;
    }

    /// The rows that were compared.
    public long rows() {
        return rows;
    }
}
