package dev.caravan.prove;

import dev.caravan.data.Completion;
import dev.caravan.generate.Generator;
import dev.caravan.generate.Request;
import dev.caravan.generate.Sampling;
import dev.caravan.io.Store;
import dev.caravan.model.Activations;
import dev.caravan.model.CausalLm;
import dev.caravan.model.ModelWriter;
import dev.caravan.model.Parameter;
import dev.caravan.model.Scorer;
import dev.caravan.model.Sequence;
import dev.caravan.train.DpoTrainer;
import dev.caravan.train.PreferenceLoss;
import dev.caravan.train.TrainLoop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Log-probabilities and completions of a specimen, by every way that shall give the same.
final class Scores {
    private static final long SEED = 42;
    private static final int NEW_TOKENS = 20;
    private static final int BATCH = 16;

    private final Specimen specimen;

    Scores(Specimen specimen) {
        this.specimen = specimen;
    }

    double ofDocumentsEndToEnd() {
        return largest(logProbs(Gradients.TOGETHER, specimen.documents()), logProbs(1, specimen.documents()));
    }

    double ofSharedPrompts() {
        List<List<Sequence>> apart =
                specimen.answers().stream().flatMap(List::stream).map(List::of).toList();
        return largest(logProbs(Gradients.TOGETHER, specimen.answers()), logProbs(Gradients.TOGETHER, apart));
    }

    /// What decoding with a cache noted of its tokens, against a whole pass over the same tokens.
    double ofCachedDecoding() {
        var whole = new ArrayList<List<Sequence>>();
        var cached = new ArrayList<float[]>();
        List<List<Completion>> completions =
                completions(specimen.model(), specimen.prompts(), Sampling.at(1, NEW_TOKENS), BATCH);
        for (int i = 0; i < completions.size(); i++) {
            for (Completion completion : completions.get(i)) {
                whole.add(List.of(Sequence.of(specimen.prompts().get(i).promptIds(), completion.ids())));
                cached.add(completion.logprobs());
            }
        }
        return largest(cached, logProbs(Gradients.TOGETHER, whole));
    }

    /// How many answers differ when each prompt is alone, and when the order is turned round.
    double ofNeighbours() {
        Sampling sampling = Sampling.at(1, NEW_TOKENS);
        List<List<Completion>> alone = completions(specimen.model(), specimen.prompts(), sampling, 1);
        List<List<Completion>> together = completions(specimen.model(), specimen.prompts(), sampling, BATCH);
        List<List<Completion>> turned =
                completions(specimen.model(), specimen.prompts().reversed(), sampling, 3);
        return differing(alone, together) + differing(alone, turned.reversed());
    }

    /// How many greedy answers differ after the model was written to disk and opened again.
    double ofSavedModel() {
        var store = new Store();
        Path folder = Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("caravan-prove-" + ProcessHandle.current().pid());
        try {
            CausalLm model = specimen.model();
            new ModelWriter(store).write(folder, model.config(), model.parameters());
            try (var opened = CausalLm.open(folder, model.precision())) {
                Sampling greedy = Sampling.greedy(NEW_TOKENS);
                return differing(
                        completions(model, specimen.prompts(), greedy, BATCH),
                        completions(opened, specimen.prompts(), greedy, BATCH));
            }
        } finally {
            store.delete(folder);
        }
    }

    /// DPO's loss is ln 2 as long as policy and reference are the same.
    double ofDpoAtItsStart() {
        double[] sums = DpoTrainer.sums(specimen.model(), specimen.answers(), Gradients.TOGETHER);
        var pairs = new ArrayList<DpoTrainer.Row>();
        for (int i = 0; i < specimen.pairs().size(); i++) {
            DpoTrainer.Row pair = specimen.pairs().get(i);
            pairs.add(new DpoTrainer.Row(pair.id(), pair.chosen(), pair.rejected(), sums[2 * i], sums[2 * i + 1]));
        }
        try (TrainLoop loop = Gradients.still()) {
            var report = new DpoTrainer(
                            specimen.model(),
                            loop,
                            new PreferenceLoss.Dpo(0.1, 0, 0),
                            Gradients.TOGETHER,
                            Activations.KEPT)
                    .step(pairs);
            double loss = report.metrics().getOrDefault("loss", Double.NaN);
            return Math.abs(loss - Math.log(2));
        } finally {
            specimen.model().parameters().forEach(Parameter::clearGradient);
        }
    }

    private List<float[]> logProbs(int tokensAtOnce, List<List<Sequence>> groups) {
        return new Scorer(tokensAtOnce).logProbs(specimen.model(), groups, 1);
    }

    private static List<List<Completion>> completions(
            CausalLm model, List<Request> prompts, Sampling sampling, int batch) {
        return new Generator(model, Set.of(0), _ -> "", batch).generate(prompts, sampling, SEED);
    }

    private static double differing(List<List<Completion>> a, List<List<Completion>> b) {
        int differing = 0;
        for (int i = 0; i < a.size(); i++) {
            for (int k = 0; k < a.get(i).size(); k++) {
                if (!Arrays.equals(a.get(i).get(k).ids(), b.get(i).get(k).ids())) differing++;
            }
        }
        return differing;
    }

    private static double largest(List<float[]> a, List<float[]> b) {
        double largest = 0;
        for (int i = 0; i < b.size(); i++) {
            for (int k = 0; k < b.get(i).length; k++) {
                largest = Math.max(largest, Math.abs((double) a.get(i)[k] - b.get(i)[k]));
            }
        }
        return largest;
    }
}
