package dev.caravan.prove;

import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Scope;
import dev.caravan.train.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/// All numerical laws, tried on small random models.
public final class Laws {
    private static final long[] SEEDS = {17, 18, 19};

    private Laws() {}

    /// Tries every law of a precision.
    ///
    /// @param quick one smallest model instead of larger ones from several seeds
    /// @param listener hears of each finding as soon as it is there
    public static List<Finding> prove(Precision precision, boolean quick, Consumer<Finding> listener) {
        var findings = new ArrayList<Finding>();
        for (Law law : of(precision)) {
            Finding worst = LongStream.of(SEEDS)
                    .limit(quick ? 1 : SEEDS.length)
                    .mapToObj(seed -> tried(law, quick ? Specimen.Size.SMALL : Specimen.Size.LARGER, seed, precision))
                    .reduce(Finding::worse)
                    .orElseThrow();
            listener.accept(worst);
            findings.add(worst);
        }
        return findings;
    }

    private static Finding tried(Law law, Specimen.Size size, long seed, Precision precision) {
        try (var _ = Scope.open();
                var specimen = Specimen.draw(size, seed, precision)) {
            return new Finding(law.name(), precision, law.difference().applyAsDouble(specimen), law.bound());
        }
    }

    /// Differences of log-probabilities are absolute, those of gradients relative.
    private static List<Law> of(Precision precision) {
        boolean exact = precision == Precision.FLOAT32;
        double logProbs = exact ? 1e-5 : 0.1;
        double gradients = exact ? 1e-5 : 0.02;
        var laws = new ArrayList<>(List.of(
                scores("documents end to end score as if each were alone", logProbs, Scores::ofDocumentsEndToEnd),
                scores("answers that share a prompt score as if each had its own", logProbs, Scores::ofSharedPrompts),
                scores("cached decoding notes what a whole pass gives", exact ? 1e-4 : 0.1, Scores::ofCachedDecoding),
                scores("a model written and opened again answers the same", 0, Scores::ofSavedModel),
                scores("DPO starts at ln 2", exact ? 1e-5 : 0.01, Scores::ofDpoAtItsStart),
                gradients(
                        "micro-batches add up to the batch, mean",
                        gradients,
                        ways -> ways.ofMicroBatches(new Reduction.Mean())),
                gradients(
                        "micro-batches add up to the batch, sum",
                        gradients,
                        ways -> ways.ofMicroBatches(new Reduction.Sum(1))),
                gradients("recomputed activations give the same gradient", 0, Gradients::ofRecomputedActivations)));
        if (exact) {
            laws.add(scores("completions do not depend on their neighbours", 0, Scores::ofNeighbours));
            laws.add(gradients("the gradient of SFT is the slope of its loss", 0.01, Gradients::ofSft));
            laws.add(gradients("the gradient of DPO is the slope of its loss", 0.01, Gradients::ofDpo));
        }
        return laws;
    }

    private static Law scores(String name, double bound, ToDoubleFunction<Scores> difference) {
        return new Law(name, bound, specimen -> difference.applyAsDouble(new Scores(specimen)));
    }

    private static Law gradients(String name, double bound, ToDoubleFunction<Gradients> difference) {
        return new Law(name, bound, specimen -> difference.applyAsDouble(new Gradients(specimen)));
    }
}
