package dev.caravan.verify;

import dev.caravan.data.Verdict;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// A verdict with the answer it was given for.
///
/// @param extracted the answer as it was found in the completion; empty where there was none to find
/// @param details what else the verifier tells, such as a verdict for each instruction, in the order in which it is
///     printed; values are texts, numbers, truth values, and lists of these
public record Judgement(Verdict verdict, Optional<String> extracted, SequencedMap<String, Object> details) {
    public Judgement {
        details = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(details));
    }

    static Judgement of(Verdict verdict, String extracted) {
        return new Judgement(verdict, Optional.of(extracted), new LinkedHashMap<>());
    }

    static Judgement withoutAnswer(Verdict verdict) {
        return new Judgement(verdict, Optional.empty(), new LinkedHashMap<>());
    }

    /// The same judgement that tells one thing more.
    Judgement with(String detail, Object value) {
        var more = new LinkedHashMap<>(details);
        more.put(detail, value);
        return new Judgement(verdict, extracted, more);
    }
}
