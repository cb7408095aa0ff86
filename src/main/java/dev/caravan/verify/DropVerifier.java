package dev.caravan.verify;

import dev.caravan.data.Verdict;
import java.util.List;

/// DROP's exact match and F1 ([section 5](https://arxiv.org/abs/1903.00161)). Completion and expectation are a text or
/// a list of spans; a list of lists expects any one of them, and the best counts. The score is the F1, rounded to two
/// decimals as the benchmark rounds it for every question.
public record DropVerifier() implements Verifier {
    static final int MOST_SPANS = 200;

    private record Metrics(boolean exact, double f1) {}

    @Override
    public Verdict verify(String completion, String expected) {
        return judge(completion, expected).verdict();
    }

    @Override
    public Judgement judge(String completion, String expected) {
        return ReadLimit.within(completion, () -> judged(DropAnswer.of(completion), DropAnswer.alternatives(expected)));
    }

    private static Judgement judged(DropAnswer predicted, List<DropAnswer> accepted) {
        if (predicted.spans().size() > MOST_SPANS
                || accepted.stream().anyMatch(answer -> answer.spans().size() > MOST_SPANS)) {
            return Judgement.withoutAnswer(
                    new Verdict.Failed("an answer has more than the " + MOST_SPANS + " spans that are aligned"));
        }
        Metrics best = best(predicted, accepted);
        return Judgement.withoutAnswer(new Verdict.Scored(best.f1(), "the best F1 is " + best.f1()))
                .with("em", best.exact() ? 1.0 : 0.0)
                .with("f1", best.f1());
    }

    private static Metrics best(DropAnswer predicted, List<DropAnswer> accepted) {
        boolean exact = accepted.stream().anyMatch(answer -> answer.equalsExactly(predicted));
        double f1 = accepted.stream()
                .mapToDouble(answer -> answer.f1(predicted))
                .max()
                .orElse(0);
        return new Metrics(exact, Math.rint(f1 * 100) / 100);
    }
}
