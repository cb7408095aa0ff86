package dev.caravan.prove;

import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Scope;
import dev.caravan.train.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
        for (String law : names(precision)) {
            Finding worst = LongStream.of(SEEDS)
                    .limit(quick ? 1 : SEEDS.length)
                    .mapToObj(seed -> tried(law, quick ? Specimen.Size.SMALL : Specimen.Size.LARGER, seed, precision))
                    .reduce((a, b) -> b.difference() <= a.difference() ? a : b)
                    .orElseThrow();
            listener.accept(worst);
            findings.add(worst);
        }
        return findings;
    }

    private static List<String> names(Precision precision) {
        try (var _ = Scope.open();
                var specimen = Specimen.draw(Specimen.Size.SMALL, SEEDS[0], precision)) {
            return of(specimen).stream().map(Law::name).toList();
        }
    }

    private static Finding tried(String name, Specimen.Size size, long seed, Precision precision) {
        try (var _ = Scope.open();
                var specimen = Specimen.draw(size, seed, precision)) {
            Law law = of(specimen).stream()
                    .filter(l -> l.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            return new Finding(name, precision, law.difference().getAsDouble(), law.bound());
        }
    }

    /// Differences of log-probabilities are absolute, those of gradients relative.
    private static List<Law> of(Specimen specimen) {
        boolean exact = specimen.model().precision() == Precision.FLOAT32;
        double logProbs = exact ? 1e-4 : 0.25;
        double gradients = exact ? 1e-5 : 0.02;
        var scores = new Scores(specimen);
        var ways = new Gradients(specimen);
        var laws = new ArrayList<>(List.of(
                new Law("documents end to end score as if each were alone", logProbs, scores::ofDocumentsEndToEnd),
                new Law("answers that share a prompt score as if each had its own", logProbs, scores::ofSharedPrompts),
                new Law("cached decoding notes what a whole pass gives", logProbs, scores::ofCachedDecoding),
                new Law("a model written and opened again answers the same", 0, scores::ofSavedModel),
                new Law("DPO starts at ln 2", exact ? 1e-5 : 0.01, scores::ofDpoAtItsStart),
                new Law(
                        "micro-batches add up to the batch, mean",
                        gradients,
                        () -> ways.ofMicroBatches(new Reduction.Mean(), 1)),
                new Law(
                        "micro-batches add up to the batch, sum",
                        gradients,
                        () -> ways.ofMicroBatches(new Reduction.Sum(1), 25)),
                new Law("recomputed activations give the same gradient", 0, ways::ofRecomputedActivations)));
        if (exact) {
            laws.add(new Law("completions do not depend on their neighbours", 0, scores::ofNeighbours));
            laws.add(new Law("the gradient of SFT is the slope of its loss", 0.01, ways::ofSft));
            laws.add(new Law("the gradient of DPO is the slope of its loss", 0.01, ways::ofDpo));
        }
        return laws;
    }
}
