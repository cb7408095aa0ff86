package dev.caravan.eval;

import dev.caravan.verify.Judgement;
import java.util.List;

/// What a model did with an item.
///
/// @param key the SHA-256 of item, model and sampling
/// @param judgements one a completion; none where choices were weighed
/// @param score 0 to 1; `NaN` where nothing could be judged
/// @param because in words for people
public record ItemResult(
        EvalItem item, String key, Response response, List<Judgement> judgements, double score, String because) {
    public ItemResult {
        judgements = List.copyOf(judgements);
    }

    public boolean isJudged() {
        return !Double.isNaN(score);
    }

    /// `correct`, `wrong`, `partial` or `unverifiable`.
    public String verdict() {
        return isJudged() ? word(score) : "unverifiable";
    }

    static String word(double score) {
        return score == 1 ? "correct" : score == 0 ? "wrong" : "partial";
    }
}
