package dev.caravan.generate.synthesis;

import dev.caravan.data.FinishReason;
import dev.caravan.generate.Answer;
import java.util.Optional;

/// Why a text of the model is of no use.
///
/// @param filter the key under which it is counted
record Objection(String filter, String reason) {
    /// What can be wrong with any answer.
    static Optional<Objection> to(Answer answer) {
        return switch (answer) {
            case Answer.Failed(var because) -> of("failed", because);
            case Answer.Written written
            when written.finish() == FinishReason.LENGTH ->
                of("cut-off", "the text was cut at %d tokens; raise max_tokens".formatted(written.tokens()));
            case Answer.Written written when written.text().isBlank() -> of("empty", "the model wrote nothing");
            case Answer.Written _ -> Optional.empty();
        };
    }

    static Optional<Objection> of(String filter, String reason) {
        return Optional.of(new Objection(filter, reason));
    }

    static String text(Answer answer) {
        return answer instanceof Answer.Written written ? written.text() : "";
    }
}
