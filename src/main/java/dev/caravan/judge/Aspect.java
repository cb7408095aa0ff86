package dev.caravan.judge;

import dev.caravan.config.Names;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What texts are rated by, each from 1 to 5 ([section 5.2](https://arxiv.org/abs/2411.15124), after UltraFeedback).
public enum Aspect {
    HELPFULNESS,
    HONESTY,
    INSTRUCTION_FOLLOWING,
    TRUTHFULNESS;

    /// As recipes, files and reports name it.
    public String word() {
        return Names.word(this);
    }

    /// Whether a text may have no rating: where nothing can be known, nobody can be dishonest.
    boolean mayNotApply() {
        return this == HONESTY;
    }

    public static Optional<Aspect> named(String word) {
        return Arrays.stream(values())
                .filter(aspect -> aspect.word().equals(word))
                .findFirst();
    }

    public static List<Aspect> all() {
        return List.of(values());
    }
}
