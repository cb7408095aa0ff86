package dev.caravan.model;

import dev.caravan.model.FlatBatch.Segment;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Segments whose attention is computed together, padded to the longest of them.
///
/// Their queries are cut into blocks of positions, and a block looks at no key behind its last position: of the
/// square of scores, half of which is masked, most of the masked part is never computed.
///
/// @param keys rows that the segment with most to see sees
/// @param matrices one for each segment and key-value head
/// @param keyRows places in the flattened rotated heads, segment by segment, head by head
/// @param valueRows places in the flattened projected heads
record SegmentGroup(int keys, long matrices, Tensor keyRows, Tensor valueRows, List<QueryBlock> blocks) {
    private static final double LARGEST_WASTE = 1.4; // padded area over the area that is needed
    private static final long LARGEST_SCORES = 1 << 23; // numbers of a group's score matrices
    private static final int BLOCK = 128; // positions; fewer make products too small to be fast

    SegmentGroup {
        blocks = List.copyOf(blocks);
    }

    /// Which rows of a flat batch belong to whom.
    ///
    /// @param rows of the matrix in which the batch lies
    /// @param shared key-value heads
    record Layout(int rows, int heads, int shared) {
        /// Query heads of one key-value head.
        int group() {
            return heads / shared;
        }
    }

    /// Segments in order of length, cut where padding would waste too much.
    static List<List<Segment>> similar(List<Segment> segments, int heads) {
        List<Segment> byLength = segments.stream()
                .sorted(Comparator.comparingInt(SegmentGroup::seen)
                        .thenComparingInt(Segment::length)
                        .thenComparingInt(Segment::start))
                .toList();
        var similar = new ArrayList<List<Segment>>();
        var group = new ArrayList<Segment>();
        long area = 0;
        int queries = 0;
        for (Segment s : byLength) {
            long padded = (group.size() + 1L) * Math.max(queries, s.length()) * seen(s);
            boolean full =
                    padded * heads > LARGEST_SCORES || padded > LARGEST_WASTE * (area + (long) s.length() * seen(s));
            if (full && !group.isEmpty()) {
                similar.add(List.copyOf(group));
                group.clear();
                area = 0;
                queries = 0;
            }
            group.add(s);
            area += (long) s.length() * seen(s);
            queries = Math.max(queries, s.length());
        }
        similar.add(List.copyOf(group));
        return similar;
    }

    static SegmentGroup of(List<Segment> segments, Layout layout, Precision precision) {
        int keys = positionsSeen(segments);
        int shared = layout.shared();
        var keyRows = new long[segments.size() * shared * keys];
        var valueRows = new long[keyRows.length];
        int at = 0;
        for (Segment segment : segments) {
            for (int head = 0; head < shared; head++) {
                for (int j = 0; j < keys; j++) {
                    long row = keyRow(segment, Math.min(j, seen(segment) - 1));
                    keyRows[at] = row * (layout.heads() + shared) + layout.heads() + head;
                    valueRows[at] = row * (layout.heads() + 2L * shared) + layout.heads() + shared + head;
                    at++;
                }
            }
        }
        return new SegmentGroup(
                keys,
                (long) segments.size() * shared,
                Tensor.of(keyRows, keyRows.length),
                Tensor.of(valueRows, valueRows.length),
                blocks(segments, layout, keys, precision));
    }

    private static List<QueryBlock> blocks(List<Segment> segments, Layout layout, int keys, Precision precision) {
        int queries = Repeated.positions(
                segments.stream().mapToInt(Segment::length).max().orElseThrow());
        int prefix = segments.stream().mapToInt(Segment::prefixLength).max().orElseThrow();
        int count = Math.max(1, queries / BLOCK);
        var blocks = new ArrayList<QueryBlock>();
        int from = 0;
        for (int b = 1; b <= count; b++) {
            int to = b == count ? queries : Repeated.positions(b * queries / count);
            int visible = b == count ? keys : Math.min(keys, Repeated.positions(prefix + to));
            blocks.add(QueryBlock.of(segments, layout, from, to, visible, precision));
            from = to;
        }
        return blocks;
    }

    static int positionsSeen(List<Segment> segments) {
        return Repeated.positions(
                segments.stream().mapToInt(SegmentGroup::seen).max().orElseThrow());
    }

    /// How many rows the last token of a segment sees.
    static int seen(Segment s) {
        return s.prefixLength() + s.length();
    }

    /// The row of the token at a position of what a segment sees.
    static int keyRow(Segment s, int position) {
        return position < s.prefixLength() ? s.prefixStart() + position : s.start() + position - s.prefixLength();
    }

    /// Notes where the outputs of each token stand among those of all blocks of all groups.
    ///
    /// @param before rows of the blocks that come first
    /// @return `before`, with the rows of these
    long restore(List<Segment> segments, Layout layout, long before, long[] restoring) {
        long at = before;
        for (QueryBlock block : blocks) {
            block.restore(segments, layout, at, restoring);
            at += (long) segments.size() * layout.heads() * block.queries();
        }
        return at;
    }

    /// @return of each block `[segments · heads · queries, width]`
    List<Tensor> attend(Heads heads, Tape tape) {
        long width = heads.width();
        Tensor rotated = heads.rotated().view(-1, width);
        Tensor k = rotated.rows(keyRows).view(matrices, keys, width);
        Tensor v = heads.projected().view(-1, width).rows(valueRows).view(matrices, keys, width);
        tape.keep(k);
        tape.keep(v);
        return blocks.stream().map(b -> b.attend(rotated, k, v, tape)).toList();
    }

    /// Where a row only fills up, the gradient of its output is 0, and so are all that follow from it.
    ///
    /// @param ofOutputs `[tokens · heads + 1, width]`, the last row 0
    SlotGradients backward(Tensor ofOutputs, Tape tape) {
        List<QueryBlock.Kept> kept = blocks.reversed().stream()
                .map(_ -> QueryBlock.Kept.from(tape))
                .toList()
                .reversed();
        Tensor v = tape.take();
        Tensor k = tape.take();
        List<QueryBlock.Gradients> gradients = IntStream.range(0, blocks.size())
                .mapToObj(b -> blocks.get(b).backward(ofOutputs, kept.get(b), k, v))
                .toList();
        QueryBlock.Gradients sums = gradients.getLast(); // the last block sees all keys, so its own can hold the rest
        for (int b = blocks.size() - 2; b >= 0; b--) {
            long seen = blocks.get(b).keys();
            sums.keys().narrow(1, 0, seen).plusInPlace(gradients.get(b).keys());
            sums.values().narrow(1, 0, seen).plusInPlace(gradients.get(b).values());
        }
        long width = k.size(2);
        return new SlotGradients(
                gradients.stream().map(QueryBlock.Gradients::queries).toList(),
                sums.keys().view(-1, width),
                sums.values().view(-1, width));
    }

    /// Gradients of a group's own copies of queries, block by block, and of keys and values.
    record SlotGradients(List<Tensor> queries, Tensor keys, Tensor values) {
        SlotGradients {
            queries = List.copyOf(queries);
        }
    }
}
