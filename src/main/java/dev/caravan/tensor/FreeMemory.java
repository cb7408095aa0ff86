package dev.caravan.tensor;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;

/// Gives free memory back to the system when the process has grown. Blocks of changing size leave holes that nothing
/// fits into again; without this a process grows for hundreds of steps. Not oftener, because the system clears every
/// page that it gives out again.
public final class FreeMemory {
    private static final double GROWTH = 1.5;

    private long settled; // bytes after the first step with nothing free from before; 0 until then

    /// To be called after each step.
    public void tidy() {
        long now = Engine.residentBytes();
        if (settled == 0) {
            settled = now;
        } else if (now > GROWTH * settled) {
            release();
            settled = 0;
        }
    }

    private static void release() {
        var trim = Engine.function("malloc_trim", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
        if (trim.isEmpty()) {
            return; // not every C library has it
        }
        try {
            int _ = (int) trim.get().invokeExact(0L);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot release memory", e);
        }
    }
}
