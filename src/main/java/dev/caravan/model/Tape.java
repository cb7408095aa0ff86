package dev.caravan.model;

import dev.caravan.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;

/// What a [Unit] needs again on its way back, last in, first out.
final class Tape implements AutoCloseable {
    private final boolean records;
    private final Deque<Tensor> kept = new ArrayDeque<>();
    private final Deque<Tensor> taken = new ArrayDeque<>();

    private Tape(boolean records) {
        this.records = records;
    }

    static Tape recording() {
        return new Tape(true);
    }

    /// A tape for passes that never come back: it forgets at once.
    static Tape forgetting() {
        return new Tape(false);
    }

    /// Keeps a tensor until the tape is closed.
    void keep(Tensor tensor) {
        if (records) {
            kept.push(tensor.keep());
        }
    }

    /// Where what takes the place of `last` is put: for a pass that comes back, into [spaced rows][Tensor#spaced],
    /// which products are fast with; else into the same memory.
    Tensor insteadOf(Tensor last) {
        return records ? last.spacedLike() : last;
    }

    /// The tensor that was kept last and has not been taken yet.
    Tensor take() {
        Tensor tensor = kept.pop();
        taken.push(tensor);
        return tensor;
    }

    @Override
    public void close() {
        kept.forEach(Tensor::close);
        taken.forEach(Tensor::close);
        kept.clear();
        taken.clear();
    }
}
