package dev.caravan.model;

import dev.caravan.model.FlatBatch.Segment;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Causal attention within each segment of a flat batch, its shared prefix included.
///
/// Segments of similar length are computed together, padded to the longest of them; one gather brings rows and heads
/// into place. It is written out as product, softmax, product: on the CPU the engine's fused attention takes 18 times
/// as long in bfloat16.
final class SegmentAttention implements Attention {
    private static final double LARGEST_WASTE = 1.4; // padded area over the area that is needed
    private static final long LARGEST_SCORES = 1 << 23; // numbers of a group's score matrices

    private final List<Group> groups;
    private final Tensor restore; // where each token's heads stand among the outputs of all groups

    SegmentAttention(FlatBatch batch, ModelConfig config, Precision precision) {
        var layout = new Layout(config.heads(), config.keyValueHeads());
        List<List<Segment>> similar = similar(batch.segments(), config.heads());
        var restoring = new long[batch.tokens() * config.heads()];
        groups = new ArrayList<>();
        long before = 0;
        for (List<Segment> segments : similar) {
            var group = Group.of(segments, layout, precision);
            group.restore(segments, layout, before, restoring);
            before += (long) segments.size() * layout.heads() * group.queries();
            groups.add(group);
        }
        restore = Tensor.of(restoring, restoring.length);
    }

    private record Layout(int heads, int shared) {
        int group() {
            return heads / shared;
        }
    }

    /// Segments in order of length, cut where padding would waste too much.
    private static List<List<Segment>> similar(List<Segment> segments, int heads) {
        List<Segment> byLength = segments.stream()
                .sorted(Comparator.comparingInt(SegmentAttention::seen)
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

    /// How many rows the last token of a segment sees.
    private static int seen(Segment s) {
        return s.prefixLength() + s.length();
    }

    /// Segments that are computed together.
    ///
    /// @param queries rows of the longest segment
    /// @param keys rows that the segment with most to see sees
    /// @param queryRows places in the flattened rotated heads, segment by segment, head by head
    /// @param keyRows likewise
    /// @param valueRows places in the flattened projected heads
    /// @param mask 0 or −∞, to be added to the scores of every matrix `[group · queries, keys]`
    private record Group(
            int queries, int keys, long matrices, Tensor queryRows, Tensor keyRows, Tensor valueRows, Tensor mask) {
        static Group of(List<Segment> segments, Layout layout, Precision precision) {
            int queries = segments.stream().mapToInt(Segment::length).max().orElseThrow();
            int keys = segments.stream().mapToInt(SegmentAttention::seen).max().orElseThrow();
            int heads = layout.heads();
            int shared = layout.shared();
            var queryRows = new long[segments.size() * heads * queries];
            var keyRows = new long[segments.size() * shared * keys];
            var valueRows = new long[keyRows.length];
            for (int s = 0; s < segments.size(); s++) {
                Segment segment = segments.get(s);
                for (int head = 0; head < heads; head++) {
                    for (int i = 0; i < queries; i++) {
                        long row = segment.start() + Math.min(i, segment.length() - 1);
                        queryRows[(s * heads + head) * queries + i] = row * (heads + shared) + head;
                    }
                }
                for (int head = 0; head < shared; head++) {
                    for (int j = 0; j < keys; j++) {
                        long row = keyRow(segment, Math.min(j, seen(segment) - 1));
                        int at = (s * shared + head) * keys + j;
                        keyRows[at] = row * (heads + shared) + heads + head;
                        valueRows[at] = row * (heads + 2L * shared) + heads + shared + head;
                    }
                }
            }
            long matrices = (long) segments.size() * shared;
            return new Group(
                    queries,
                    keys,
                    matrices,
                    Tensor.of(queryRows, queryRows.length),
                    Tensor.of(keyRows, keyRows.length),
                    Tensor.of(valueRows, valueRows.length),
                    mask(segments, layout, queries, keys, precision));
        }

        private static long keyRow(Segment s, int position) {
            return position < s.prefixLength() ? s.prefixStart() + position : s.start() + position - s.prefixLength();
        }

        /// One mask for all when all prefixes are equally long, else one a segment.
        private static Tensor mask(List<Segment> segments, Layout layout, int queries, int keys, Precision precision) {
            int prefix = segments.getFirst().prefixLength();
            boolean alike = segments.stream().allMatch(s -> s.prefixLength() == prefix);
            List<Segment> masked = alike ? segments.subList(0, 1) : segments;
            var mask = new float[masked.size() * queries * keys];
            for (int s = 0; s < masked.size(); s++) {
                for (int i = 0; i < queries; i++) {
                    int from = (s * queries + i) * keys;
                    int visible = Math.min(keys, masked.get(s).prefixLength() + i + 1);
                    java.util.Arrays.fill(mask, from + visible, from + keys, Float.NEGATIVE_INFINITY);
                }
            }
            int group = layout.group();
            Tensor one = Tensor.of(mask, masked.size(), 1, queries, keys).to(precision);
            return one.expand(masked.size(), (long) (alike ? 1 : layout.shared()) * group, queries, keys)
                    .reshape((long) masked.size() * (alike ? 1 : layout.shared()), (long) group * queries, keys)
                    .expand((long) segments.size() * layout.shared(), (long) group * queries, keys);
        }

        /// @return `[segments · heads · queries, width]`
        Tensor attend(Heads heads) {
            long width = heads.width();
            Tensor rotated = heads.rotated().view(-1, width);
            Tensor q = rotated.rows(queryRows).view(matrices, (long) heads.group() * queries, width);
            Tensor k = rotated.rows(keyRows).view(matrices, keys, width);
            Tensor v = heads.projected().view(-1, width).rows(valueRows).view(matrices, keys, width);
            Tensor scores = mask.plusScaledProduct(q, k.transpose(1, 2), 1 / Math.sqrt(width));
            return scores.softmax().matmul(v).view(-1, width);
        }

        /// Notes where the outputs of each token stand.
        void restore(List<Segment> segments, Layout layout, long before, long[] restoring) {
            for (int s = 0; s < segments.size(); s++) {
                Segment segment = segments.get(s);
                for (int head = 0; head < layout.heads(); head++) {
                    for (int i = 0; i < segment.length(); i++) {
                        restoring[(segment.start() + i) * layout.heads() + head] =
                                before + ((long) s * layout.heads() + head) * queries + i;
                    }
                }
            }
        }
    }

    @Override
    public Tensor attend(int layer, Heads heads) {
        Tensor[] outputs = IntStream.range(0, groups.size())
                .mapToObj(g -> groups.get(g).attend(heads))
                .toArray(Tensor[]::new);
        Tensor all = outputs.length == 1 ? outputs[0] : Tensor.cat(0, outputs);
        return all.rows(restore).view(heads.tokens(), heads.count() * heads.width());
    }
}
