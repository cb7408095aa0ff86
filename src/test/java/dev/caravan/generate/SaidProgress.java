package dev.caravan.generate;

import dev.caravan.io.Progress;
import java.util.List;
import java.util.SequencedMap;

/// Collects what is said.
record SaidProgress(List<String> said) implements Progress {
    @Override
    public void begin(String stage) {}

    @Override
    public void step(long step, long steps, SequencedMap<String, ? extends Number> numbers) {}

    @Override
    public void say(String message) {
        said.add(message);
    }
}
