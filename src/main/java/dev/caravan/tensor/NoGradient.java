package dev.caravan.tensor;

import org.bytedeco.pytorch.GradMode;

/// While open, operations on this thread record nothing for a backward pass.
public final class NoGradient implements AutoCloseable {
    private final boolean before;

    private NoGradient() {
        before = GradMode.is_enabled();
        GradMode.set_enabled(false);
    }

    public static NoGradient on() {
        return new NoGradient();
    }

    @Override
    public void close() {
        GradMode.set_enabled(before);
    }
}
