package dev.caravan.model;

import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Scope;
import dev.caravan.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Keys and values of sequences that are being written, one slot a sequence: `[slots, key-value heads, capacity,
/// width]` a layer. The sequences in use are always the first ones, so that a step sees them without a copy.
public final class KeyValueCache implements AutoCloseable {
    private final ModelConfig config;
    private final Precision precision;
    private final int slots;
    private final int[] lengths;
    private final List<Tensor> keys = new ArrayList<>();
    private final List<Tensor> values = new ArrayList<>();
    private int capacity;
    private int sequences;

    public KeyValueCache(ModelConfig config, Precision precision, int slots, int capacity) {
        this.config = config;
        this.precision = precision;
        this.slots = slots;
        this.capacity = capacity;
        lengths = new int[slots];
        for (int layer = 0; layer < config.layers(); layer++) {
            keys.add(empty(capacity));
            values.add(empty(capacity));
        }
    }

    private Tensor empty(int tokens) {
        try (var _ = Scope.open()) {
            return Tensor.zeros(precision, slots, config.keyValueHeads(), tokens, config.headDimension())
                    .keep();
        }
    }

    /// Tokens remembered of a sequence.
    public int length(int slot) {
        return lengths[slot];
    }

    /// Sequences in use: slots 0 to this less one.
    public int sequences() {
        return sequences;
    }

    /// Forgets a sequence; the last one takes its slot.
    public void remove(int slot) {
        int last = --sequences;
        if (slot == last) {
            return;
        }
        lengths[slot] = lengths[last];
        try (var _ = Scope.open()) {
            for (int layer = 0; layer < config.layers(); layer++) {
                place(keys.get(layer), slot, lengths[last]).copyInPlace(place(keys.get(layer), last, lengths[last]));
                place(values.get(layer), slot, lengths[last])
                        .copyInPlace(place(values.get(layer), last, lengths[last]));
            }
        }
    }

    /// `[key-value heads, length, width]` of one sequence.
    private Tensor place(Tensor cache, int slot, int length) {
        return cache.narrow(0, slot, 1)
                .narrow(2, 0, length)
                .view(config.keyValueHeads(), length, config.headDimension());
    }

    /// Makes room for sequences of so many tokens.
    public void ensureCapacity(int tokens) {
        if (tokens <= capacity) {
            return;
        }
        int larger = Math.max(tokens, 2 * capacity);
        keys.replaceAll(old -> grown(old, larger));
        values.replaceAll(old -> grown(old, larger));
        capacity = larger;
    }

    private Tensor grown(Tensor old, int larger) {
        try (var _ = Scope.open()) {
            Tensor grown = empty(larger);
            grown.narrow(2, 0, capacity).copyInPlace(old);
            old.close();
            return grown;
        }
    }

    /// Runs prompts and remembers each as the next `copies[i]` sequences.
    public Step prefill(FlatBatch batch, int[] copies) {
        return new Prefill(batch, copies);
    }

    /// Runs one token for each sequence in use, in the order of the slots.
    public Step decode() {
        return new Decode();
    }

    /// Attention of one forward pass that also remembers the keys and values of its tokens.
    public sealed interface Step extends Attention {}

    private final class Prefill implements Step {
        private final SegmentAttention attention;
        private final FlatBatch batch;
        private final int[] copies;
        private final int first = sequences;

        Prefill(FlatBatch batch, int[] copies) {
            this.batch = batch;
            this.copies = copies;
            attention = new SegmentAttention(batch, config, precision);
            for (int i = 0; i < copies.length; i++) {
                int length = batch.segments().get(i).length();
                ensureCapacity(length);
                Arrays.fill(lengths, sequences, sequences + copies[i], length);
                sequences += copies[i];
            }
        }

        @Override
        public Tensor attend(int layer, Heads tokens, Tape tape) {
            Tensor key = tokens.key();
            Tensor value = tokens.value();
            int slot = first;
            for (int i = 0; i < copies.length; i++) {
                var segment = batch.segments().get(i);
                Tensor k = key.narrow(0, segment.start(), segment.length()).transpose(0, 1);
                Tensor v = value.narrow(0, segment.start(), segment.length()).transpose(0, 1);
                for (int copy = 0; copy < copies[i]; copy++, slot++) {
                    place(keys.get(layer), slot, segment.length()).copyInPlace(k);
                    place(values.get(layer), slot, segment.length()).copyInPlace(v);
                }
            }
            return attention.attend(layer, tokens, tape);
        }
    }

    private final class Decode implements Step {
        private final int heads = config.keyValueHeads();
        private final int group = config.heads() / heads;
        private final int width = config.headDimension();
        private final long pairs = (long) sequences * heads;
        private final int longest;
        private final Tensor newRows; // rows of the flattened cache where the new keys and values go
        private final Tensor mask; // [sequences · heads, longest, group]

        Decode() {
            longest = Arrays.stream(lengths, 0, sequences).max().orElse(0) + 1;
            ensureCapacity(longest);
            newRows = Tensor.of(newRows(), pairs);
            mask = mask();
            for (int slot = 0; slot < sequences; slot++) {
                lengths[slot]++;
            }
        }

        private long[] newRows() {
            var rows = new long[(int) pairs];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = (long) i * capacity + lengths[i / heads];
            }
            return rows;
        }

        private Tensor mask() {
            var mask = new float[sequences * longest];
            for (int slot = 0; slot < sequences; slot++) {
                Arrays.fill(mask, slot * longest + lengths[slot] + 1, (slot + 1) * longest, Float.NEGATIVE_INFINITY);
            }
            return Tensor.of(mask, sequences, 1, longest, 1)
                    .to(precision)
                    .expand(sequences, heads, longest, group)
                    .reshape(pairs, longest, group);
        }

        @Override
        public Tensor attend(int layer, Heads tokens, Tape tape) {
            remember(keys.get(layer), tokens.key());
            remember(values.get(layer), tokens.value());
            Tensor q = tokens.query().reshape(pairs, group, width).times(1 / Math.sqrt(width));
            // keys · queryᵀ is twice as fast as query · keysᵀ, whose right side lies the wrong way round
            Tensor scores = seen(keys.get(layer)).matmul(q.transpose(1, 2)).plusInPlace(mask);
            Tensor weights = scores.transpose(1, 2).softmax();
            return weights.matmul(seen(values.get(layer))).reshape(sequences, (long) heads * group * width);
        }

        private void remember(Tensor cache, Tensor rows) {
            cache.view((long) slots * heads * capacity, width).copyRowsInPlace(newRows, rows.reshape(pairs, width));
        }

        /// `[sequences · heads, longest, width]`, no copy.
        private Tensor seen(Tensor cache) {
            return cache.view((long) slots * heads, capacity, width)
                    .narrow(0, 0, pairs)
                    .narrow(1, 0, longest);
        }
    }

    @Override
    public void close() {
        keys.forEach(Tensor::close);
        values.forEach(Tensor::close);
    }
}
