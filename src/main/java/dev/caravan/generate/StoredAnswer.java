package dev.caravan.generate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.caravan.data.FinishReason;
import java.util.List;
import java.util.Optional;

/// What an endpoint sent and may have been paid for, as it is kept on the disk.
///
/// @param request the SHA-256 of what was asked
/// @param text of the answer; absent where it was of no use
/// @param nonsense why it was of no use
/// @param beginnings the likeliest first tokens; absent where they were not told
/// @param logProbs of the tokens of a text that was weighed
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record StoredAnswer(
        String request,
        Optional<String> text,
        Optional<FinishReason> finish,
        long promptTokens,
        long tokens,
        Optional<String> nonsense,
        Optional<List<Answer.Beginning>> beginnings,
        Optional<List<Float>> logProbs) {
    static StoredAnswer of(EndpointRequest request, Answer.Written answer) {
        return new StoredAnswer(
                request.hash(),
                Optional.of(answer.text()),
                Optional.of(answer.finish()),
                answer.promptTokens(),
                answer.tokens(),
                Optional.empty(),
                Optional.of(answer.beginnings()).filter(told -> !told.isEmpty()),
                Optional.of(answer.logProbs()).filter(_ -> request.wanted() instanceof EndpointRequest.Wanted.Weight));
    }

    /// Nothing that could be used, but that may have cost something.
    static StoredAnswer useless(String request, String why, long promptTokens, long tokens) {
        return new StoredAnswer(
                request,
                Optional.empty(),
                Optional.empty(),
                promptTokens,
                tokens,
                Optional.of(why),
                Optional.empty(),
                Optional.empty());
    }

    /// What an answer is found by; nothing for one that was of no use.
    Optional<String> key() {
        return text.isPresent() ? Optional.of(request) : Optional.empty();
    }

    Answer.Written answer() {
        return new Answer.Written(
                text.orElse(""),
                finish.orElse(FinishReason.STOP),
                promptTokens,
                tokens,
                logProbs.orElse(List.of()),
                beginnings.orElse(List.of()));
    }
}
