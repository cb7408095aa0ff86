package dev.caravan.judge;

import dev.caravan.curate.Embedder;
import dev.caravan.data.Verdict;
import dev.caravan.verify.Judgement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Which of two answers is better by whose vector has the smaller angle to that of a reference, as
/// [HREF](https://arxiv.org/abs/2412.15524) decides where a human's answer leaves little open. The score is 1 for
/// the answer, 0 for the baseline, and one half where both are as near. The judgement tells both cosines as
/// `similarity`.
public record SimilarityJudge(Embedder embedder) {
    /// What the detail [PreferenceJudge#DECIDED_BY] says of such a judgement.
    public static final String SIMILARITY = "similarity";

    public Judgement judge(String reference, String baseline, String answer) {
        float[] wanted = embedder.vector(reference);
        double ofBaseline = cosine(wanted, embedder.vector(baseline));
        double ofAnswer = cosine(wanted, embedder.vector(answer));
        var details = new LinkedHashMap<String, Object>();
        details.put(PreferenceJudge.DECIDED_BY, SIMILARITY);
        details.put(SIMILARITY, List.of(ofAnswer, ofBaseline));
        return new Judgement(verdict(Double.compare(ofAnswer, ofBaseline)), Optional.empty(), details);
    }

    private static Verdict verdict(int nearer) {
        if (nearer == 0) return new Verdict.Scored(0.5, "as near to the reference as the baseline");
        return nearer > 0
                ? new Verdict.Scored(1, "nearer to the reference than the baseline")
                : new Verdict.Scored(0, "the baseline is nearer to the reference");
    }

    private static double cosine(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) sum += (double) one[i] * other[i];
        return sum;
    }
}
