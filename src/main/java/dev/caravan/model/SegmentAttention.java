package dev.caravan.model;

import dev.caravan.model.FlatBatch.Segment;
import dev.caravan.model.SegmentGroup.Layout;
import dev.caravan.model.SegmentGroup.SlotGradients;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Tensor;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Causal attention within each segment of a flat batch, its shared prefix included.
///
/// Segments of similar length are computed together; gathers bring rows and heads into place.
final class SegmentAttention implements Attention {
    private final int tokens;
    private final Layout layout;
    private final List<SegmentGroup> groups;
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
        List<List<Segment>> similar = SegmentGroup.similar(batch.segments(), config.heads());
        var restoring = new long[rows * config.heads()];
        groups = new ArrayList<>();
        long before = 0;
        for (List<Segment> segments : similar) {
            var group = SegmentGroup.of(segments, layout, precision);
            before = group.restore(segments, layout, before, restoring);
            groups.add(group);
        }
        restore = Tensor.of(restoring, restoring.length);
        keyGradients = KeyGradients.of(similar, layout);
    }

    /// How the gradients of copied keys and values come back to their tokens.
    ///
    /// @param rows where nobody shares a prefix: the copy of each token's head; else: the token's head of each copy
    private record KeyGradients(boolean copiedOnce, Tensor rows, Layout layout) {
        static KeyGradients of(List<List<Segment>> groups, Layout layout) {
            boolean once = groups.stream().flatMap(List::stream).allMatch(s -> s.prefixLength() == 0);
            var places = new LongArrayList();
            var copies = new long[layout.rows() * layout.shared()];
            for (List<Segment> segments : groups) {
                int keys = SegmentGroup.positionsSeen(segments);
                for (Segment s : segments) {
                    for (int head = 0; head < layout.shared(); head++) {
                        for (int j = 0; j < keys; j++) {
                            int row = SegmentGroup.keyRow(s, Math.min(j, SegmentGroup.seen(s) - 1)) * layout.shared()
                                    + head;
                            if (j < SegmentGroup.seen(s)) {
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

    /// @param queries `[tokens, heads, width]`, rotated
    /// @param keys `[tokens, key-value heads, width]`, rotated
    /// @param values likewise, never rotated
    record Gradient(Tensor queries, Tensor keys, Tensor values) {}

    @Override
    public Tensor attend(int layer, Heads heads, Tape tape) {
        Tensor[] outputs =
                groups.stream().flatMap(g -> g.attend(heads, tape).stream()).toArray(Tensor[]::new);
        return joined(outputs).rows(restore).view(heads.tokens(), heads.count() * heads.width());
    }

    /// Room for the gradient of what [#attend] returned: `[tokens · heads + 1, width]`, a head a row, the last row 0.
    ///
    /// @param format that the numbers will have
    Tensor gradientRoom(Precision format, long width) {
        long rows = (long) layout.rows() * layout.heads();
        Tensor room = Tensor.uninitialised(format, rows + 1, width);
        room.narrow(0, rows, 1).fillInPlace(0);
        return room;
    }

    /// Of such room `[tokens, heads · width]`.
    Tensor tokensOf(Tensor room) {
        return room.narrow(0, 0, (long) layout.rows() * layout.heads())
                .view(layout.rows(), layout.heads() * room.size(1));
    }

    /// @param ofOutputs gradient of what [#attend] returned, in a [room][#gradientRoom]
    Gradient backward(Tensor ofOutputs, Tape tape) {
        long width = ofOutputs.size(1);
        List<SlotGradients> slots = groups.reversed().stream()
                .map(g -> g.backward(ofOutputs, tape))
                .toList()
                .reversed();
        Tensor queries = joined(slots, SlotGradients::queries).rows(restore).view(layout.rows(), layout.heads(), width);
        Tensor keys = keyGradients.gathered(joined(slots, s -> List.of(s.keys())));
        Tensor values = keyGradients.gathered(joined(slots, s -> List.of(s.values())));
        return new Gradient(withoutFill(queries), withoutFill(keys), withoutFill(values));
    }

    /// Rows behind the last token, which were gathered from anywhere, get no gradient.
    private Tensor withoutFill(Tensor gradient) {
        if (tokens < layout.rows()) {
            gradient.narrow(0, tokens, layout.rows() - tokens).fillInPlace(0);
        }
        return gradient;
    }

    private static Tensor joined(List<SlotGradients> slots, Function<SlotGradients, List<Tensor>> parts) {
        return joined(slots.stream().map(parts).flatMap(List::stream).toArray(Tensor[]::new));
    }

    private static Tensor joined(Tensor[] parts) {
        return parts.length == 1 ? parts[0] : Tensor.cat(0, parts);
    }
}
