package dev.caravan.eval;

import dev.caravan.generate.Answer;
import dev.caravan.generate.Likelihood;
import java.util.List;

/// What a model gave for an item.
public sealed interface Response {
    /// What it wrote, once or several times.
    record Written(List<Answer> answers) implements Response {
        public Written {
            answers = List.copyOf(answers);
        }
    }

    /// How likely it finds each choice.
    ///
    /// @param unconditional the same after a prompt that asks nothing; empty where that is not asked for
    record Weighed(List<Likelihood> choices, List<Likelihood> unconditional) implements Response {
        public Weighed {
            choices = List.copyOf(choices);
            unconditional = List.copyOf(unconditional);
        }
    }

    /// Nothing, since nobody could weigh its choices.
    record Missing(String because) implements Response {}
}
