package dev.caravan.generate;

import java.util.List;

/// A question, and the texts that may follow it as they stand: what separates them from it is part of them.
public record Choice(Question question, List<String> continuations) {
    public Choice {
        continuations = List.copyOf(continuations);
    }
}
