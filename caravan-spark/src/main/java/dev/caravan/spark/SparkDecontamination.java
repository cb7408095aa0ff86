package dev.caravan.spark;

import dev.caravan.curate.Contamination;
import dev.caravan.curate.ContaminationTable;
import dev.caravan.curate.DecontaminationCounts;
import dev.caravan.curate.Decontaminator;
import dev.caravan.curate.Example;
import dev.caravan.curate.FileSource;
import dev.caravan.curate.JudgedRow;
import dev.caravan.curate.Policies;
import dev.caravan.curate.Recheck;
import dev.caravan.curate.RowJudge;
import dev.caravan.curate.Screening;
import dev.caravan.curate.SourceReader;
import dev.caravan.curate.SourceReader.Origins;
import dev.caravan.curate.TestItem;
import dev.caravan.curate.TrainingRows;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/// [dev.caravan.curate.DecontaminationRun] as a job. Every machine has the index of all test items once, and shares it
/// among its tasks.
///
/// @param recheck compare what is left once more
record SparkDecontamination(
        List<FileSource> sources, Decontaminator rule, List<TestItem> items, Policies policies, boolean recheck) {
    /// The rule made ready, and its counterpart for the second look.
    private record Screenings(List<Screening> all, Policies policies) {
        Screening first() {
            return all.getFirst();
        }
    }

    /// @param parts of the clean rows, and of the others
    private record Written(List<String> parts, DecontaminationCounts counts) implements Serializable {}

    SparkDecontamination {
        sources = List.copyOf(sources);
        items = List.copyOf(items);
    }

    /// Writes the folder's files.
    DecontaminationCounts write(Machines machines, Store store, Path folder) {
        store.beginResults(folder);
        Parts parts = Parts.beside(store, folder);
        Shared<Screenings> shared = new Shared<>(screenings(rule, items, policies));
        Broadcast<Shared<Screenings>> screenings = machines.spark().broadcast(shared);
        Rows rows = Rows.of(machines, sources, Origins.ROW, Rows.Unique.TOGETHER);
        Map<String, Contamination> dropped =
                policies.mayDrop() ? policies.dropped(surveyed(rows, screenings)) : Map.of();
        List<Written> written = written(rows, screenings, dropped, parts);
        var counts = counts();
        written.forEach(part -> counts.addAll(part.counts()));
        Map<String, Object> checked = recheck(machines.spark(), screenings, written);
        Parts.join(
                store, written.stream().map(part -> part.parts().getFirst()).toList(), folder.resolve("clean.jsonl"));
        Parts.join(
                store, written.stream().map(part -> part.parts().getLast()).toList(), folder.resolve("removed.jsonl"));
        parts.delete(store);
        store.write(folder.resolve("contamination.tsv"), counts.table().tsv());
        var judge = new RowJudge(shared.get().first(), policies, dropped);
        JsonLines.write(store, folder.resolve("report.json"), Stream.of(counts.report(judge, checked)));
        return counts;
    }

    private static Shared.Recipe<Screenings> screenings(Decontaminator rule, List<TestItem> items, Policies policies) {
        var shippedRule = Shipped.of(Decontaminator.class, rule);
        var shippedPolicies = Shipped.of(Policies.class, policies);
        var shippedItems = new ArrayList<>(items);
        return () -> new Screenings(
                Recheck.screenings(new Screening(shippedRule.get(), shippedItems, 1)), shippedPolicies.get());
    }

    private DecontaminationCounts counts() {
        return new DecontaminationCounts(items, rule.datasetMatch());
    }

    private ContaminationTable surveyed(Rows rows, Broadcast<Shared<Screenings>> screenings) {
        List<ContaminationTable> tables = rows.all()
                .mapPartitions(each -> {
                    Screening screening = screenings.value().get().first();
                    ContaminationTable table = table(screening);
                    RowJudge.survey(screening, examples(), examples(each), table);
                    return List.of(table).iterator();
                })
                .collect();
        var surveyed = new ContaminationTable(items, rule.datasetMatch());
        tables.forEach(surveyed::addAll);
        return surveyed;
    }

    private static ContaminationTable table(Screening screening) {
        return new ContaminationTable(screening.items(), screening.rule().datasetMatch());
    }

    private static List<Written> written(
            Rows rows, Broadcast<Shared<Screenings>> screenings, Map<String, Contamination> dropped, Parts parts) {
        var leaving = new LinkedHashMap<>(dropped);
        return rows.all()
                .mapPartitions(each -> {
                    Screenings ready = screenings.value().get();
                    var judge = new RowJudge(ready.first(), ready.policies(), leaving);
                    var counts = new DecontaminationCounts(
                            ready.first().items(), ready.first().rule().datasetMatch());
                    List<String> written = parts.write(
                            List.of("clean", "removed"), files -> write(judge, examples(each), counts, files));
                    return List.of(new Written(written, counts)).iterator();
                })
                .collect();
    }

    private static void write(
            RowJudge judge, Stream<Example> rows, DecontaminationCounts counts, List<OutputStream> files)
            throws IOException {
        for (Iterator<JudgedRow> judged = judge.each(examples(), rows).iterator(); judged.hasNext(); ) {
            JudgedRow row = judged.next();
            counts.add(row);
            OutputStream file = row.reason().isEmpty() ? files.getFirst() : files.getLast();
            file.write(row.line());
            file.write('\n');
        }
    }

    /// Reads what was written as clean, and compares it once more.
    private Map<String, Object> recheck(
            JavaSparkContext spark, Broadcast<Shared<Screenings>> screenings, List<Written> written) {
        if (!recheck) return Recheck.line(false, 0);
        List<String> parts =
                written.stream().map(part -> part.parts().getFirst()).toList();
        List<Long> rows = spark.parallelize(parts, parts.size())
                .map(part -> rechecked(part, screenings.value().get()))
                .collect();
        return Recheck.line(true, rows.stream().mapToLong(Long::longValue).sum());
    }

    private static long rechecked(String part, Screenings screenings) throws IOException {
        if (Files.size(Path.of(part)) == 0) return 0;
        var recheck = new Recheck(screenings.all(), screenings.policies());
        recheck.read(TrainingRows.examples(
                () -> new SourceReader((source, row) -> {}, Origins.ROW).read(FileSource.of("clean", part))));
        return recheck.rows();
    }

    /// What decontamination asks of a row; the rows come by themselves.
    private static TrainingRows<Example> examples() {
        return TrainingRows.examples(Stream::empty);
    }

    private static Stream<Example> examples(Iterator<PlacedRow> rows) {
        return Iterators.stream(rows).map(row -> (Example) row.row());
    }
}
