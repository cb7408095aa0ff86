package dev.caravan.model;

import dev.caravan.model.FlatBatch.Segment;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Tensor;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Causal attention within each segment of a flat batch, its shared prefix included.
///
/// Segments of similar length are computed together, padded to the longest of them; one gather brings rows and heads
/// into place. It is written out as product, softmax, product: on the CPU the engine's fused attention takes 18 times
/// as long in bfloat16.
final class SegmentAttention implements Attention {
    private static final double LARGEST_WASTE = 1.4; // padded area over the area that is needed
    private static final long LARGEST_SCORES = 1 << 23; // numbers of a group's score matrices

    private final int tokens;
    private final Layout layout;
    private final List<Group> groups;
    private final Tensor restore; // where each token's heads stand among the outputs of all groups
    private final KeyGradients keyGradients;

    SegmentAttention(FlatBatch batch, ModelConfig config, Precision precision) {
        this(batch, batch.tokens(), config, precision);
    }

    /// @param rows of the matrix in which the batch lies, at least its tokens; what is behind these is never looked
    ///     at
    SegmentAttention(FlatBatch batch, int rows, ModelConfig config, Precision precision) {
        tokens = batch.tokens();
        layout = new Layout(rows, config.heads(), config.keyValueHeads());
        List<List<Segment>> similar = similar(batch.segments(), config.heads());
        var restoring = new long[rows * config.heads()];
        groups = new ArrayList<>();
        long before = 0;
        for (List<Segment> segments : similar) {
            var group = Group.of(segments, layout, precision);
            group.restore(segments, layout, before, restoring);
            before += (long) segments.size() * layout.heads() * group.queries();
            groups.add(group);
        }
        restore = Tensor.of(restoring, restoring.length);
        keyGradients = KeyGradients.of(similar, layout);
    }

    private record Layout(int rows, int heads, int shared) {
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

    private static int positionsSeen(List<Segment> segments) {
        return Repeated.positions(
                segments.stream().mapToInt(SegmentAttention::seen).max().orElseThrow());
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
    /// @param outputRows places in the flattened outputs; rows that only fill up point behind the last
    /// @param mask 0 or −∞, to be added to the scores of every matrix `[group · queries, keys]`
    private record Group(
            int queries,
            int keys,
            long matrices,
            Tensor queryRows,
            Tensor keyRows,
            Tensor valueRows,
            Tensor outputRows,
            Tensor mask) {
        static Group of(List<Segment> segments, Layout layout, Precision precision) {
            int queries = Repeated.positions(
                    segments.stream().mapToInt(Segment::length).max().orElseThrow());
            int keys = positionsSeen(segments);
            int heads = layout.heads();
            int shared = layout.shared();
            var queryRows = new long[segments.size() * heads * queries];
            var keyRows = new long[segments.size() * shared * keys];
            var valueRows = new long[keyRows.length];
            var outputRows = new long[queryRows.length];
            Arrays.fill(outputRows, (long) layout.rows() * heads);
            for (int s = 0; s < segments.size(); s++) {
                Segment segment = segments.get(s);
                for (int head = 0; head < heads; head++) {
                    for (int i = 0; i < queries; i++) {
                        long row = segment.start() + Math.min(i, segment.length() - 1);
                        int at = (s * heads + head) * queries + i;
                        queryRows[at] = row * (heads + shared) + head;
                        if (i < segment.length()) {
                            outputRows[at] = row * heads + head;
                        }
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
                    Tensor.of(outputRows, outputRows.length),
                    mask(segments, layout, queries, keys, precision));
        }

        static int keyRow(Segment s, int position) {
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
                    Arrays.fill(mask, from + visible, from + keys, Float.NEGATIVE_INFINITY);
                }
            }
            int group = layout.group();
            Tensor one = Tensor.of(mask, masked.size(), 1, queries, keys).to(precision);
            return one.expand(masked.size(), (long) (alike ? 1 : layout.shared()) * group, queries, keys)
                    .reshape((long) masked.size() * (alike ? 1 : layout.shared()), (long) group * queries, keys)
                    .expand((long) segments.size() * layout.shared(), (long) group * queries, keys);
        }

        /// @return `[segments · heads · queries, width]`
        Tensor attend(Heads heads, Tape tape) {
            long width = heads.width();
            Tensor rotated = heads.rotated().view(-1, width);
            Tensor q = rotated.rows(queryRows).view(matrices, (long) heads.group() * queries, width);
            Tensor k = rotated.rows(keyRows).view(matrices, keys, width);
            Tensor v = heads.projected().view(-1, width).rows(valueRows).view(matrices, keys, width);
            Tensor weights = mask.plusScaledProduct(q, k.transpose(1, 2), 1 / Math.sqrt(width))
                    .softmax();
            tape.keep(q);
            tape.keep(k);
            tape.keep(v);
            tape.keep(weights);
            return weights.matmul(v).view(-1, width);
        }

        /// Where a row only fills up, the gradient of its output is 0, and so are all that follow from it.
        ///
        /// @param ofOutputs `[tokens · heads + 1, width]`, the last row 0
        SlotGradients backward(Tensor ofOutputs, Tape tape) {
            Tensor weights = tape.take();
            Tensor v = tape.take();
            Tensor k = tape.take();
            Tensor q = tape.take();
            long width = v.size(2);
            Tensor ofOutput = ofOutputs.rows(outputRows).view(q.shape());
            Tensor ofValues = weights.transpose(1, 2).matmul(ofOutput);
            Tensor ofScores = weights.softmaxGradient(ofOutput.matmul(v.transpose(1, 2)));
            double scale = 1 / Math.sqrt(width);
            Tensor ofQueries = ofScores.matmul(k).timesInPlace(scale);
            Tensor ofKeys = ofScores.transpose(1, 2).matmul(q).timesInPlace(scale);
            return new SlotGradients(ofQueries.view(-1, width), ofKeys.view(-1, width), ofValues.view(-1, width));
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

    /// Gradients of a group's own copies of queries, keys and values.
    private record SlotGradients(Tensor queries, Tensor keys, Tensor values) {}

    /// How the gradients of copied keys and values come back to their tokens.
    ///
    /// @param rows where nobody shares a prefix: the copy of each token's head; else: the token's head of each copy
    private record KeyGradients(boolean copiedOnce, Tensor rows, Layout layout) {
        static KeyGradients of(List<List<Segment>> groups, Layout layout) {
            boolean once = groups.stream().flatMap(List::stream).allMatch(s -> s.prefixLength() == 0);
            var places = new LongArrayList();
            var copies = new long[layout.rows() * layout.shared()];
            for (List<Segment> segments : groups) {
                int keys = positionsSeen(segments);
                for (Segment s : segments) {
                    for (int head = 0; head < layout.shared(); head++) {
                        for (int j = 0; j < keys; j++) {
                            int row = Group.keyRow(s, Math.min(j, seen(s) - 1)) * layout.shared() + head;
                            if (j < seen(s)) {
                                copies[row] = places.size();
                            }
                            places.add(row);
                        }
                    }
                }
            }
            long[] rows = once ? copies : places.toLongArray();
            return new KeyGradients(once, Tensor.of(rows, rows.length), layout);
        }

        /// `[tokens, key-value heads, width]`.
        Tensor gathered(Tensor ofCopies) {
            long width = ofCopies.size(1);
            long heads = (long) layout.rows() * layout.shared();
            Tensor sums = copiedOnce
                    ? ofCopies.rows(rows)
                    : Tensor.zeros(Precision.FLOAT32, heads, width)
                            .addRowsInPlace(rows, ofCopies.to(Precision.FLOAT32))
                            .like(ofCopies);
            return sums.view(layout.rows(), layout.shared(), width);
        }
    }

    /// @param rotated of queries and keys, `[tokens, heads + key-value heads, width]`
    /// @param values `[tokens, key-value heads, width]`
    record Gradient(Tensor rotated, Tensor values) {}

    @Override
    public Tensor attend(int layer, Heads heads, Tape tape) {
        Tensor[] outputs = groups.stream().map(g -> g.attend(heads, tape)).toArray(Tensor[]::new);
        return joined(outputs).rows(restore).view(heads.tokens(), heads.count() * heads.width());
    }

    /// @param gradient of what [#attend] returned, `[tokens, heads · width]`
    Gradient backward(Tensor gradient, Tape tape) {
        long width = gradient.size(1) / layout.heads();
        Tensor rows = gradient.view(-1, width);
        Tensor ofOutputs =
                Tensor.cat(0, rows, Tensor.zeros(Precision.FLOAT32, 1, width).like(rows));
        List<SlotGradients> slots = groups.reversed().stream()
                .map(g -> g.backward(ofOutputs, tape))
                .toList()
                .reversed();
        Tensor queries = joined(slots, SlotGradients::queries).rows(restore).view(layout.rows(), layout.heads(), width);
        Tensor keys = keyGradients.gathered(joined(slots, SlotGradients::keys));
        Tensor values = keyGradients.gathered(joined(slots, SlotGradients::values));
        return new Gradient(withoutFill(Tensor.cat(1, queries, keys)), withoutFill(values));
    }

    /// Rows behind the last token, which were gathered from anywhere, get no gradient.
    private Tensor withoutFill(Tensor gradient) {
        if (tokens < layout.rows()) {
            gradient.narrow(0, tokens, layout.rows() - tokens).fillInPlace(0);
        }
        return gradient;
    }

    private static Tensor joined(List<SlotGradients> slots, Function<SlotGradients, Tensor> part) {
        return joined(slots.stream().map(part).toArray(Tensor[]::new));
    }

    private static Tensor joined(Tensor[] parts) {
        return parts.length == 1 ? parts[0] : Tensor.cat(0, parts);
    }
}
