package dev.caravan.curate;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;

/// Sends training rows past test items into two outputs: what is clean, and what leaves, each with the item that
/// it repeats. In this order: [#survey] all rows, [#write] them, [#recheck] what was written as clean.
public final class DecontaminationRun {
    private final Screening screening;
    private final Policies policies;
    private final ContaminationTable surveyed;
    private final DecontaminationCounts counts;
    private final Recheck recheck;

    public DecontaminationRun(Screening screening, Policies policies) {
        this.screening = screening;
        this.policies = policies;
        this.surveyed =
                new ContaminationTable(screening.items(), screening.rule().datasetMatch());
        this.counts =
                new DecontaminationCounts(screening.items(), screening.rule().datasetMatch());
        this.recheck = new Recheck(Recheck.screenings(screening), policies);
    }

    /// A first look at all rows, where only that can tell which sources leave as a whole; otherwise nothing.
    public <T> void survey(TrainingRows<T> rows) {
        if (!policies.mayDrop()) return;
        try (Stream<T> stream = rows.stream().get()) {
            RowJudge.survey(screening, rows, stream, surveyed);
        }
    }

    /// Writes each row, as a line of JSON, to one of two outputs.
    public <T> void write(TrainingRows<T> rows, OutputStream clean, OutputStream removed) throws IOException {
        RowJudge judge = judge();
        try (Stream<T> stream = rows.stream().get()) {
            Iterator<JudgedRow> judged = judge.each(rows, stream).iterator();
            while (judged.hasNext()) {
                JudgedRow row = judged.next();
                counts.add(row);
                OutputStream out = row.reason().isEmpty() ? clean : removed;
                out.write(row.line());
                out.write('\n');
            }
        }
    }

    private RowJudge judge() {
        return new RowJudge(screening, policies, policies.dropped(surveyed));
    }

    /// Reads what was written as clean, and compares it once more.
    ///
    /// @throws IllegalStateException when a row of it still repeats an item
    public <T> void recheck(TrainingRows<T> clean) {
        recheck.read(clean);
    }

    public long rows() {
        return counts.rows();
    }

    public long clean() {
        return counts.clean();
    }

    /// How many rows left, by reason, in the order in which the reasons came up.
    public Map<String, Long> reasons() {
        return counts.reasons();
    }

    public ContaminationTable table() {
        return counts.table();
    }

    /// What `report.json` says.
    public Map<String, Object> report() {
        return counts.report(judge(), recheck.line());
    }
}
