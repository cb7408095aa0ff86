package dev.caravan.model;

import dev.caravan.model.FlatBatch.Segment;
import dev.caravan.model.SegmentGroup.Layout;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/// Positions of the segments of a group, with the keys that they can see.
///
/// It is written out as product, softmax, product: on the CPU the engine's fused attention takes 18 times as long in
/// bfloat16, there and back.
///
/// @param from the first position
/// @param queries positions
/// @param keys how many of the group's keys the last position can see, at least
/// @param queryRows places in the flattened rotated heads, segment by segment, head by head
/// @param outputRows places in the flattened outputs; rows that only fill up point behind the last
/// @param mask 0 or −∞, to be added to the scores of every matrix `[group · queries, keys]`
record QueryBlock(int from, int queries, int keys, Tensor queryRows, Tensor outputRows, Tensor mask) {
    static QueryBlock of(List<Segment> segments, Layout layout, int from, int to, int keys, Precision precision) {
        int queries = to - from;
        int heads = layout.heads();
        var queryRows = new long[segments.size() * heads * queries];
        var outputRows = new long[queryRows.length];
        Arrays.fill(outputRows, (long) layout.rows() * heads);
        int at = 0;
        for (Segment segment : segments) {
            for (int head = 0; head < heads; head++) {
                for (int i = from; i < to; i++) {
                    long row = segment.start() + Math.min(i, segment.length() - 1);
                    queryRows[at] = row * (heads + layout.shared()) + head;
                    if (i < segment.length()) {
                        outputRows[at] = row * heads + head;
                    }
                    at++;
                }
            }
        }
        return new QueryBlock(
                from,
                queries,
                keys,
                Tensor.of(queryRows, queryRows.length),
                Tensor.of(outputRows, outputRows.length),
                mask(segments, layout, from, queries, keys, precision));
    }

    /// One mask for all when all prefixes are equally long, else one a segment.
    private static Tensor mask(
            List<Segment> segments, Layout layout, int from, int queries, int keys, Precision precision) {
        int prefix = segments.getFirst().prefixLength();
        boolean alike = segments.stream().allMatch(s -> s.prefixLength() == prefix);
        List<Segment> masked = alike ? segments.subList(0, 1) : segments;
        var mask = new float[masked.size() * queries * keys];
        for (int s = 0; s < masked.size(); s++) {
            for (int i = 0; i < queries; i++) {
                int row = (s * queries + i) * keys;
                int visible = Math.min(keys, masked.get(s).prefixLength() + from + i + 1);
                Arrays.fill(mask, row + visible, row + keys, Float.NEGATIVE_INFINITY);
            }
        }
        int group = layout.group();
        Tensor one = Tensor.of(mask, masked.size(), 1, queries, keys).to(precision);
        return one.expand(masked.size(), (long) (alike ? 1 : layout.shared()) * group, queries, keys)
                .reshape((long) masked.size() * (alike ? 1 : layout.shared()), (long) group * queries, keys)
                .expand((long) segments.size() * layout.shared(), (long) group * queries, keys);
    }

    /// Notes where the outputs of each token stand.
    void restore(List<Segment> segments, Layout layout, long before, long[] restoring) {
        for (int s = 0; s < segments.size(); s++) {
            Segment segment = segments.get(s);
            for (int head = 0; head < layout.heads(); head++) {
                for (int i = from; i < Math.min(from + queries, segment.length()); i++) {
                    restoring[(segment.start() + i) * layout.heads() + head] =
                            before + ((long) s * layout.heads() + head) * queries + i - from;
                }
            }
        }
    }

    /// @param rotated `[tokens · (heads + key-value heads), width]`
    /// @param k `[matrices, keys of the group, width]`
    /// @param v likewise
    /// @return `[segments · heads · queries, width]`
    Tensor attend(Tensor rotated, Tensor k, Tensor v, Tape tape) {
        long width = k.size(2);
        Tensor q = rotated.rows(queryRows).view(k.size(0), -1, width);
        Tensor weights = mask.plusScaledProduct(q, seen(k).transpose(1, 2), 1 / Math.sqrt(width))
                .softmax();
        tape.keep(q);
        tape.keep(weights);
        return weights.matmul(seen(v)).view(-1, width);
    }

    private Tensor seen(Tensor all) {
        return keys == all.size(1) ? all : all.narrow(1, 0, keys);
    }

    /// What [#attend] kept.
    record Kept(Tensor q, Tensor weights) {
        static Kept from(Tape tape) {
            Tensor weights = tape.take();
            return new Kept(tape.take(), weights);
        }
    }

    /// @param queries `[segments · heads · queries, width]`
    /// @param keys of those that the block can see, `[matrices, keys, width]`
    /// @param values likewise
    record Gradients(Tensor queries, Tensor keys, Tensor values) {}

    Gradients backward(Tensor ofOutputs, Kept kept, Tensor k, Tensor v) {
        Tensor ofOutput = ofOutputs.rows(outputRows).view(kept.q().shape());
        Tensor weights = kept.weights();
        Tensor ofValues = weights.transpose(1, 2).matmul(ofOutput);
        Tensor ofScores = weights.softmaxGradient(ofOutput.matmul(seen(v).transpose(1, 2)));
        long width = k.size(2);
        double scale = 1 / Math.sqrt(width);
        Tensor ofQueries = ofScores.scaledProduct(seen(k), scale);
        Tensor ofKeys = ofScores.transpose(1, 2).scaledProduct(kept.q(), scale);
        return new Gradients(ofQueries.view(-1, width), ofKeys, ofValues);
    }
}
