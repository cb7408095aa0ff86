package dev.caravan.spark;

import dev.caravan.curate.FilePiece;
import dev.caravan.curate.FileSource;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/// A piece of a source.
///
/// @param number of all pieces of all sources
/// @param source number of the source
record SourcePiece(int number, int source, FilePiece piece) implements Serializable {
    /// The pieces of sources in the order of their rows.
    ///
    /// @param wanted how many there are to be; there is at least one for each file
    static List<SourcePiece> of(JavaSparkContext spark, List<FileSource> sources, int wanted) {
        long bytes = Math.max(1, Math.ceilDiv(bytes(sources), wanted));
        var pieces = new ArrayList<SourcePiece>();
        for (int source = 0; source < sources.size(); source++) {
            for (FilePiece piece : FilePiece.of(sources.get(source), bytes)) {
                pieces.add(new SourcePiece(pieces.size(), source, piece));
            }
        }
        return numbered(spark, pieces);
    }

    private static long bytes(List<FileSource> sources) {
        return sources.stream()
                .flatMap(source -> FilePiece.of(source, Long.MAX_VALUE).stream())
                .mapToLong(whole -> size(Path.of(whole.path())))
                .sum();
    }

    private static long size(Path file) {
        return file.toFile().length();
    }

    /// The same pieces with the numbers of their first lines, for which the lines before have to be counted.
    private static List<SourcePiece> numbered(JavaSparkContext spark, List<SourcePiece> pieces) {
        if (pieces.stream().allMatch(piece -> piece.piece().from() == 0)) return pieces;
        List<Long> lines = spark.parallelize(pieces, pieces.size())
                .map(piece -> piece.piece().lines())
                .collect();
        Map<String, Long> before = new HashMap<>(); // lines of each file
        var numbered = new ArrayList<SourcePiece>();
        for (SourcePiece each : pieces) {
            FilePiece piece = each.piece();
            long first = piece.from() == 0 ? 1 : before.getOrDefault(piece.path(), 1L);
            numbered.add(new SourcePiece(each.number(), each.source(), piece.startingAt(first)));
            before.put(piece.path(), first + lines.get(each.number()));
        }
        return numbered;
    }
}
