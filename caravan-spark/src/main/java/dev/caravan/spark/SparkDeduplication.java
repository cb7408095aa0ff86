package dev.caravan.spark;

import dev.caravan.curate.BadRow;
import dev.caravan.curate.Cluster;
import dev.caravan.curate.DeduplicationCounts;
import dev.caravan.curate.Deduplicator;
import dev.caravan.curate.Example;
import dev.caravan.curate.FileSource;
import dev.caravan.curate.Keep;
import dev.caravan.curate.Rejection;
import dev.caravan.curate.Repetition;
import dev.caravan.curate.SourceReader.Origins;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/// [Deduplicator] as a job.
record SparkDeduplication(List<FileSource> sources, Deduplicator rule) {
    private static final String TEXT = "text long, moreText long, place long";
    private static final String PAIR = "one long, root long";
    private static final String MEMBER =
            "root long, rank long, place long, id string, source string, text long, moreText long, shingles binary";

    /// @param parts of the files that a task wrote
    private record Written(List<String> parts, DeduplicationCounts counts) implements Serializable {}

    SparkDeduplication {
        sources = List.copyOf(sources);
    }

    /// Writes the folder's files.
    ///
    /// @param options what `report.json` says of the rule
    DeduplicationCounts write(Machines machines, Store store, Path folder, Map<String, Object> options) {
        store.beginResults(folder);
        Parts parts = Parts.beside(store, folder);
        Rows rows = Rows.of(machines, sources, Origins.ROW, Rows.Unique.TOGETHER);
        JavaRDD<JudgedCluster> clusters = clusters(rows).persist(StorageLevel.MEMORY_AND_DISK());
        List<Written> written = rows(rows, clusters, parts).collect();
        List<Written> listed = listed(rows, clusters, parts).collect();
        join(store, written, 0, folder.resolve("data.jsonl"));
        join(store, written, 1, folder.resolve("rejected.jsonl"));
        join(store, listed, 0, folder.resolve("clusters.jsonl"));
        parts.delete(store);
        var counts = new DeduplicationCounts();
        Stream.concat(written.stream(), listed.stream()).forEach(part -> counts.addAll(part.counts()));
        JsonLines.write(store, folder.resolve("report.json"), Stream.of(counts.report(options)));
        return counts;
    }

    private static void join(Store store, List<Written> written, int file, Path into) {
        Parts.join(store, written.stream().map(part -> part.parts().get(file)).toList(), into);
    }

    private JavaRDD<JudgedCluster> clusters(Rows rows) {
        boolean near = rule.near().isPresent();
        var keep = new Shared<>(keepRecipe(rule));
        JavaRDD<Facts> facts = rows.all()
                .mapPartitions(each -> Iterators.map(each, row -> facts(row, keep.get(), near)), true)
                .persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> members = rows.machines().table(pairs(rows, facts), PAIR);
        if (near) members = Components.of(rows.machines(), members);
        JavaRDD<Row> travelling = facts.zipPartitions(rows.beside(roots(members)), (each, sorted) -> {
            var marks = new Marks<>(sorted);
            return Iterators.flatMap(each, row -> member(row, marks.at(row.place())));
        });
        return rows.machines()
                .sorted(travelling, MEMBER, List.of("root"), List.of("root", "rank", "place"))
                .mapPartitions(sorted -> Iterators.map(
                        new Runs<>(sorted, (one, other) -> one.getLong(0) == other.getLong(0)), JudgedCluster::of));
    }

    /// The rule crosses as a whole, since a policy by itself does not say which of the choices it is.
    private static Shared.Recipe<Keep> keepRecipe(Deduplicator rule) {
        var shipped = Shipped.of(Deduplicator.class, rule);
        return () -> shipped.get().keep();
    }

    private static Facts facts(PlacedRow row, Keep keep, boolean near) {
        return switch (row.row()) {
            case Example example -> Facts.of(row.place(), example.conversation(), keep, near);
            case BadRow bad -> throw new IllegalStateException(bad.where() + " is bad, and no source allows that");
        };
    }

    /// Later and earlier places that belong together.
    private JavaRDD<Row> pairs(Rows rows, JavaRDD<Facts> facts) {
        JavaPairRDD<Long, Long> equal = equal(rows.machines(), facts).persist(StorageLevel.MEMORY_AND_DISK());
        JavaRDD<Row> exact = equal.map(pair -> RowFactory.create(pair._1(), pair._2()));
        if (rule.near().isEmpty()) return exact;
        JavaRDD<Facts> distinct = facts.zipPartitions(rows.beside(equal), (each, sorted) -> {
            var marks = new Marks<>(sorted);
            return Iterators.filter(each, row -> marks.at(row.place()).isEmpty());
        });
        return exact.union(new NearPairs(rows.machines(), rule.near().get()).of(rows, distinct));
    }

    /// Rows whose texts are those of earlier ones, with the first of these.
    private static JavaPairRDD<Long, Long> equal(Machines machines, JavaRDD<Facts> facts) {
        JavaRDD<Row> texts = facts.map(row -> RowFactory.create(row.text(), row.moreText(), row.place()));
        return machines.sorted(texts, TEXT, List.of("text", "moreText"), List.of("text", "moreText", "place"))
                .mapPartitionsToPair(sorted -> Iterators.flatMap(
                        new Runs<>(sorted, SparkDeduplication::sameText), SparkDeduplication::repeated));
    }

    private static boolean sameText(Row one, Row other) {
        return one.getLong(0) == other.getLong(0) && one.getLong(1) == other.getLong(1);
    }

    private static Iterator<Tuple2<Long, Long>> repeated(List<Row> same) {
        long first = same.getFirst().getLong(2);
        return Iterators.map(same.subList(1, same.size()).iterator(), row -> new Tuple2<>(row.getLong(2), first));
    }

    /// The root of every member of a cluster, its own for the first.
    private static JavaPairRDD<Long, Long> roots(Dataset<Row> members) {
        Dataset<Row> firsts = members.selectExpr("root as one", "root").distinct();
        return members.select("one", "root")
                .union(firsts)
                .toJavaRDD()
                .mapToPair(row -> new Tuple2<>(row.getLong(0), row.getLong(1)));
    }

    private static Iterator<Row> member(Facts row, Optional<Long> root) {
        return root
                .map(first -> RowFactory.create(
                        first,
                        row.rank(),
                        row.place(),
                        row.id(),
                        row.source(),
                        row.text(),
                        row.moreText(),
                        Longs.bytes(row.shingles())))
                .stream()
                .iterator();
    }

    private JavaRDD<Written> rows(Rows rows, JavaRDD<JudgedCluster> clusters, Parts parts) {
        JavaPairRDD<Long, Repetition> repetitions = rows.beside(
                clusters.flatMapToPair(cluster -> cluster.repetitions().iterator()));
        return rows.all().zipPartitions(repetitions, (each, sorted) -> {
            var marks = new Marks<>(sorted);
            var counts = new DeduplicationCounts();
            List<String> written = parts.write(List.of("data", "rejected"), files -> {
                while (each.hasNext()) {
                    PlacedRow row = each.next();
                    if (row.row() instanceof Example example) write(example, marks.at(row.place()), files, counts);
                }
            });
            return List.of(new Written(written, counts)).iterator();
        });
    }

    private static void write(
            Example row, Optional<Repetition> repetition, List<OutputStream> files, DeduplicationCounts counts)
            throws IOException {
        if (repetition.isEmpty()) {
            counts.keep(row.source());
            SparkCuration.line(files.getFirst(), row.row());
        } else {
            Repetition why = repetition.get();
            counts.reject(row.source(), why.filter());
            SparkCuration.line(files.getLast(), Rejection.line(row.id(), why.filter(), why.reason(), row.row()));
        }
    }

    private static JavaRDD<Written> listed(Rows rows, JavaRDD<JudgedCluster> clusters, Parts parts) {
        JavaPairRDD<Long, Cluster> byFirst =
                rows.beside(clusters.mapToPair(cluster -> new Tuple2<>(cluster.first(), cluster.cluster())));
        return byFirst.mapPartitions(each -> {
            var counts = new DeduplicationCounts();
            List<String> written = parts.write(List.of("clusters"), files -> {
                while (each.hasNext()) {
                    Cluster cluster = each.next()._2();
                    counts.add(cluster);
                    SparkCuration.line(files.getFirst(), cluster);
                }
            });
            return List.of(new Written(written, counts)).iterator();
        });
    }
}
