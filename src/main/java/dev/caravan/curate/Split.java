package dev.caravan.curate;

import com.dynatrace.hash4j.hashing.Hashing;

/// The three uses of generated problems. A problem's text alone decides which split it belongs to, so the splits are
/// disjoint whatever the seeds and sizes with which they are drawn.
public enum Split {
    /// Worked examples for supervised fine-tuning.
    DEMONSTRATIONS,
    /// Prompts for preference pairs and reinforcement learning.
    PROMPTS,
    /// The items of the evaluation task.
    TEST;

    private static final long HASH_KEY = 0x70726f626c656d73L;

    /// Four texts in ten are demonstrations, four are prompts, two are test items.
    static Split of(String text) {
        long hash = Hashing.komihash5_0(HASH_KEY).hashCharsToLong(text);
        return switch ((int) Long.remainderUnsigned(hash, 10)) {
            case 0, 1, 2, 3 -> DEMONSTRATIONS;
            case 4, 5, 6, 7 -> PROMPTS;
            default -> TEST;
        };
    }
}
