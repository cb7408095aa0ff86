package dev.caravan.eval;

import dev.caravan.data.Verdict;
import dev.caravan.generate.Answer;
import dev.caravan.verify.Judgement;
import dev.caravan.verify.Verifier;
import dev.caravan.verify.Verifiers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Scores what a model gave for an item.
final class ItemScoring {
    private ItemScoring() {}

    /// @param verifier of the task, for completions
    static ItemResult of(EvalItem item, String key, Response response, Scoring scoring, Optional<Verifier> verifier) {
        return switch (response) {
            case Response.Written written ->
                of(item, key, written, scoring, judgements(item, written, verifier.orElseThrow()));
            case Response.Weighed weighed -> weighed(item, key, weighed, (Scoring.ChoiceScoring) scoring);
            case Response.Missing missing ->
                new ItemResult(item, key, missing, List.of(), Double.NaN, "there is no answer: " + missing.because());
        };
    }

    /// @param judgements one an answer
    static ItemResult of(
            EvalItem item, String key, Response.Written written, Scoring scoring, List<Judgement> judgements) {
        return switch (scoring) {
            case Scoring.GenerationScoring generation ->
                written(item, key, written, judgements, generation.measure(), generation.passAt());
            case Scoring.PreferenceScoring _ ->
                written(item, key, written, judgements, Optional.empty(), Optional.empty());
            case Scoring.ChoiceScoring _ -> throw new IllegalStateException("choices are not written");
        };
    }

    private static List<Judgement> judgements(EvalItem item, Response.Written written, Verifier verifier) {
        String expected = ((Target.Checked) item.target()).check().expected();
        return written.answers().stream()
                .map(answer -> judgement(answer, expected, verifier))
                .toList();
    }

    static Optional<Verifier> verifier(Scoring scoring) {
        return scoring instanceof Scoring.GenerationScoring generation
                ? Optional.of(Verifiers.named(generation.verifier()))
                : Optional.empty();
    }

    private static ItemResult written(
            EvalItem item,
            String key,
            Response.Written written,
            List<Judgement> judgements,
            Optional<String> measure,
            Optional<Integer> passAt) {
        double[] scores = judgements.stream()
                .mapToDouble(judgement -> score(judgement, measure))
                .toArray();
        if (Arrays.stream(scores).anyMatch(Double::isNaN)) {
            String why = judgements.stream()
                    .map(Judgement::verdict)
                    .filter(Verdict.Failed.class::isInstance)
                    .map(Verdict::because)
                    .findFirst()
                    .orElse("the verifier tells no " + measure.orElse("score"));
            return new ItemResult(item, key, written, judgements, Double.NaN, why);
        }
        double score = passAt.map(k -> passAt(k, scores))
                .orElseGet(() -> Arrays.stream(scores).average().orElseThrow());
        return new ItemResult(item, key, written, judgements, score, because(judgements, scores));
    }

    private static Judgement judgement(Answer answer, String expected, Verifier verifier) {
        return switch (answer) {
            case Answer.Written written -> verifier.judge(written.text(), expected);
            case Answer.Failed(var because) -> JudgedItems.missing(because);
        };
    }

    private static String because(List<Judgement> judgements, double[] scores) {
        if (scores.length == 1) return judgements.getFirst().verdict().because();
        return "%d of %d answers are right".formatted(right(scores), scores.length);
    }

    private static int right(double[] scores) {
        return (int) Arrays.stream(scores).filter(score -> score == 1).count();
    }

    private static double score(Judgement judgement, Optional<String> measure) {
        if (!(judgement.verdict() instanceof Verdict.Scored scored)) return Double.NaN;
        if (measure.isEmpty()) return scored.score();
        return switch (judgement.details().get(measure.get())) {
            case Number number -> number.doubleValue();
            case List<?> truths -> truths.contains(false) ? 0 : 1;
            case null, default -> Double.NaN;
        };
    }

    /// The chance that at least one of k of the n answers is right, 1 − C(n − c, k) / C(n, k), as a product that
    /// does not overflow ([equation 1](https://arxiv.org/abs/2107.03374)).
    static double passAt(int k, double[] scores) {
        int n = scores.length;
        int wrong = n - right(scores);
        if (wrong < k) return 1;
        double none = 1;
        for (int i = wrong + 1; i <= n; i++) {
            none *= 1 - (double) k / i;
        }
        return 1 - none;
    }

    private static ItemResult weighed(
            EvalItem item, String key, Response.Weighed weighed, Scoring.ChoiceScoring scoring) {
        var choices = (Target.Choices) item.target();
        double[] values = values(choices, weighed, scoring.normalise());
        double score = switch (scoring.measure()) {
            case ACCURACY -> choices.right().get(best(values)) ? 1 : 0;
            case MASS -> mass(values, choices.right());
        };
        String because = switch (scoring.measure()) {
            case ACCURACY -> "the likeliest is '%s'".formatted(choices.texts().get(best(values)));
            case MASS -> String.format(Locale.ROOT, "%.4f of the probability falls on right answers", score);
        };
        return new ItemResult(item, key, weighed, List.of(), score, because);
    }

    static double[] values(Target.Choices choices, Response.Weighed weighed, Scoring.Normalisation normalise) {
        double[] values = new double[weighed.choices().size()];
        for (int i = 0; i < values.length; i++) {
            var likelihood = weighed.choices().get(i);
            values[i] = switch (normalise) {
                case NONE -> likelihood.logProb();
                case CHARACTERS ->
                    likelihood.logProb() / Math.max(1, choices.texts().get(i).length());
                case TOKENS -> likelihood.logProb() / likelihood.tokens();
                case UNCONDITIONAL ->
                    likelihood.logProb() - weighed.unconditional().get(i).logProb();
            };
        }
        return values;
    }

    /// The first of the highest.
    static int best(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) best = i;
        }
        return best;
    }

    /// Σ p(right) / Σ p(all); the highest is taken out of both sums, so that nothing underflows.
    static double mass(double[] logProbs, List<Boolean> right) {
        double highest = logProbs[best(logProbs)];
        double all = 0;
        double ofRight = 0;
        for (int i = 0; i < logProbs.length; i++) {
            double p = Math.exp(logProbs[i] - highest);
            all += p;
            ofRight += right.get(i) ? p : 0;
        }
        return Math.min(1, ofRight / all);
    }
}
