package dev.caravan.verify;

import dev.caravan.data.Verdict;
import java.util.Optional;

/// A verdict with the answer it was given for.
///
/// @param extracted the answer as it was found in the completion; empty where there was none to find
public record Judgement(Verdict verdict, Optional<String> extracted) {
    static Judgement of(Verdict verdict, String extracted) {
        return new Judgement(verdict, Optional.of(extracted));
    }

    static Judgement withoutAnswer(Verdict verdict) {
        return new Judgement(verdict, Optional.empty());
    }
}
