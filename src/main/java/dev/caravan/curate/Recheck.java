package dev.caravan.curate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Compares rows that were found clean once more: by the rule that found them so, and by the full-string rule,
/// which looks for whole items in another way.
final class Recheck {
    private final List<Screening> screenings = new ArrayList<>();
    private final Policies policies;
    private long rows;
    private boolean done;

    Recheck(Screening screening, Policies policies) {
        this.policies = policies;
        screenings.add(screening);
        if (screening.rule().method() instanceof Matcher.Ngram ngram) {
            var exact = new Decontaminator(
                    new Matcher.Exact(ngram.n()),
                    screening.rule().datasetMatch(),
                    screening.rule().turns());
            screenings.add(new Screening(exact, screening.items(), screening.threads()));
        }
    }

    <T> void read(TrainingRows<T> clean) {
        screenings.forEach(screening -> read(clean, screening));
        done = true;
    }

    private <T> void read(TrainingRows<T> clean, Screening screening) {
        try (Stream<T> stream = clean.stream().get()) {
            screening
                    .each(stream, clean.messages(), (row, overlaps) -> {
                        refuse(clean, row, overlaps);
                        return row;
                    })
                    .forEach(_ -> rows++);
        }
    }

    private <T> void refuse(TrainingRows<T> clean, T row, List<Overlap> overlaps) {
        if (overlaps.isEmpty() || policies.of(clean.source().apply(row)) == Policies.Policy.REPORT) return;
        throw new IllegalStateException(
                "row " + clean.id().apply(row) + " was written as clean, but repeats a test item");
    }

    /// What the report says of it.
    Map<String, Object> line() {
        var line = new LinkedHashMap<String, Object>();
        line.put("done", done);
        line.put("rows", rows / screenings.size());
        line.put("overlapping", 0);
        return line;
    }
}
