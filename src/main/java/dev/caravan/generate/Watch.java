package dev.caravan.generate;

import dev.caravan.io.Interrupt;
import dev.caravan.io.Progress;

/// Who follows a long piece of work and may end it.
public record Watch(Progress progress, Interrupt interrupt) {
    public static final Watch NOBODY = new Watch(Progress.SILENT, Interrupt.NEVER);
}
