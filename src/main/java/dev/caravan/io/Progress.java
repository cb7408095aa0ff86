package dev.caravan.io;

import java.util.SequencedMap;

/// Where a stage stands, for people who watch. Nothing that is said here reaches a file.
public interface Progress {
    /// Nobody watches.
    Progress SILENT = new Progress() {
        @Override
        public void step(long step, long steps, SequencedMap<String, ? extends Number> numbers) {}

        @Override
        public void say(String message) {}
    };

    /// What follows is about another stage.
    default void begin(String stage) {}

    /// @param step how many steps are done
    /// @param steps how many there are, 0 when nobody knows
    /// @param numbers what to show beside them, such as the loss
    void step(long step, long steps, SequencedMap<String, ? extends Number> numbers);

    /// A remark that stays on the screen, such as what a stage resumes from.
    void say(String message);
}
