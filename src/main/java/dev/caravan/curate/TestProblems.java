package dev.caravan.curate;

import java.util.List;

/// The items of the built-in evaluation task `arithmetic`. They are the same in every run; a change of the
/// generator or of these numbers is a new version of the task.
public final class TestProblems {
    public static final int COUNT = 400;
    private static final long SEED = 400;
    private static final int MIN_STEPS = 1;
    private static final int MAX_STEPS = 3;

    private TestProblems() {}

    public static List<Problem> all() {
        return new ProblemGenerator(SEED, MIN_STEPS, MAX_STEPS)
                .distinct(Split.TEST, COUNT)
                .toList();
    }
}
