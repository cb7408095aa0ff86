package dev.caravan.verify;

import dev.caravan.data.Verdict;
import tools.jackson.databind.JsonNode;

/// Rows of known answers as verifiers take them.
final class Judgements {
    private Judgements() {}

    /// A text as it stands, anything else as JSON.
    static String given(JsonNode row, String key) {
        JsonNode value = row.get(key);
        return value.isString() ? value.asString() : value.toString();
    }

    static Judgement of(Verifier verifier, JsonNode row) {
        return verifier.judge(given(row, "prediction"), given(row, "expected"));
    }

    static double score(Verdict verdict) {
        return verdict instanceof Verdict.Scored scored ? scored.score() : Double.NaN;
    }
}
