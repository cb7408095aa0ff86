package dev.caravan.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.caravan.data.Check;
import java.util.List;
import java.util.Optional;

/// What is right for an item.
public sealed interface Target {
    /// An answer is judged by a verifier.
    record Checked(Check check) implements Target {}

    /// An answer is compared with a baseline's by a judge.
    ///
    /// @param instruction as the judge reads it
    /// @param baseline the answer to compare with
    /// @param reference what a good answer says
    /// @param difficulty of the instruction
    /// @param bySimilarity whether nearness to the reference decides it as well as a judge does
    record Compared(
            String instruction,
            String baseline,
            Optional<String> reference,
            Optional<Double> difficulty,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean bySimilarity)
            implements Target {
        public Compared {
            if (baseline.isBlank()) throw new IllegalArgumentException("an item needs the baseline's answer");
        }

        /// One that a judge decides.
        public Compared(String instruction, String baseline, Optional<String> reference, Optional<Double> difficulty) {
            this(instruction, baseline, reference, difficulty, false);
        }
    }

    /// Some of the choices are right.
    ///
    /// @param delimiter that stands between the prompt and each of them
    record Choices(List<String> texts, List<Boolean> right, String delimiter) implements Target {
        public Choices {
            if (texts.size() < 2) {
                throw new IllegalArgumentException("an item needs at least two choices, got " + texts);
            }
            if (texts.size() != right.size() || !right.contains(true)) {
                throw new IllegalArgumentException(
                        "an item needs a right one among its %d choices".formatted(texts.size()));
            }
            texts = List.copyOf(texts);
            right = List.copyOf(right);
        }
    }
}
