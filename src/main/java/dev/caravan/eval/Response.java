package dev.caravan.eval;

import dev.caravan.data.Completion;
import java.util.List;

/// What a model gave for an item.
public sealed interface Response {
    /// What it wrote, once or several times.
    record Written(List<Completion> completions) implements Response {
        public Written {
            completions = List.copyOf(completions);
        }
    }

    /// How likely it finds each choice.
    ///
    /// @param unconditional the same after a prompt that asks nothing; empty where that is not asked for
    record Weighed(List<LanguageModel.Likelihood> choices, List<LanguageModel.Likelihood> unconditional)
            implements Response {
        public Weighed {
            choices = List.copyOf(choices);
            unconditional = List.copyOf(unconditional);
        }
    }
}
