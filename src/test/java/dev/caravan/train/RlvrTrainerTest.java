package dev.caravan.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.Activations;
import dev.caravan.model.CausalLm;
import dev.caravan.model.Scorer;
import dev.caravan.model.Sequence;
import dev.caravan.tensor.OpenScope;
import dev.caravan.tensor.Precision;
import dev.caravan.train.AdvantageEstimator.GroupRelativeAdvantageEstimator;
import dev.caravan.train.ImportanceWeight.TokenImportanceWeight;
import dev.caravan.train.KlPenalty.InLossKlPenalty;
import dev.caravan.train.PolicyLoss.ClippedPolicyLoss;
import dev.caravan.train.PolicyLoss.ReinforcePolicyLoss;
import dev.caravan.train.PolicyLoss.SequenceRatioPolicyLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenScope.class)
class RlvrTrainerTest {
    private static final PolicyLoss CLIPPED = new ClippedPolicyLoss(0.2, 0.2);
    private static final KlPenalty NO_PENALTY = new InLossKlPenalty(0, KlEstimator.K3, 40, Optional.empty());

    private CausalLm model;

    @BeforeEach
    void make() {
        model = TinyModels.random(Precision.FLOAT32);
    }

    @AfterEach
    void free() {
        model.close();
    }

    /// Three prompts with two samples each, one right and one wrong.
    private List<Trajectory> trajectories(float generationGap) {
        var trajectories = new ArrayList<Trajectory>();
        for (int group = 0; group < 3; group++) {
            var random = new SplittableRandom(group);
            int[] prompt = random.ints(5, 1, TinyModels.VOCABULARY).toArray();
            for (int sample = 0; sample < 2; sample++) {
                int[] completion = random.ints(4 + group + sample, 1, TinyModels.VOCABULARY)
                        .toArray();
                trajectories.add(trajectory(group, prompt, completion, 10 * sample, generationGap));
            }
        }
        return trajectories;
    }

    private Trajectory trajectory(int group, int[] prompt, int[] completion, double score, float generationGap) {
        float[] old = new Scorer(1)
                .logProbs(model, List.of(List.of(Sequence.of(prompt, completion))), 1)
                .getFirst();
        float[] generation = old.clone();
        float[] reference = old.clone();
        for (int t = 0; t < old.length; t++) {
            generation[t] -= generationGap;
            reference[t] -= 0.3f * (t % 3);
        }
        return new Trajectory(
                "g" + group, group, prompt, completion, true, 99, score, old, generation, reference, new float[0]);
    }

    private float[] gradients(
            PolicyLoss loss, KlPenalty kl, Optional<ImportanceWeight> importance, float generationGap, int together) {
        var settings = new RlvrTrainer.Settings(
                new GroupRelativeAdvantageEstimator(2),
                Optional.empty(),
                kl,
                loss,
                importance,
                new ValueLoss(0.2, 0.1),
                new TokenAverage.WholeTokenAverage(),
                1,
                1,
                1,
                together,
                Activations.KEPT);
        try (var loop = TinyModels.still()) {
            new RlvrTrainer(model, loop, Optional.empty(), settings).update(trajectories(generationGap), 1);
        }
        return TinyModels.takeGradients(model);
    }

    private float[] gradients(PolicyLoss loss) {
        return gradients(loss, NO_PENALTY, Optional.empty(), 0, 1000);
    }

    @Test
    void microBatchesAddUpToTheBatch() {
        var penalty = new InLossKlPenalty(0.1, KlEstimator.K3, 40, Optional.empty());
        float[] whole = gradients(CLIPPED, penalty, Optional.empty(), 0, 1000);
        float[] parts = gradients(CLIPPED, penalty, Optional.empty(), 0, 1);
        assertThat(TinyModels.distance(parts, whole)).isLessThan(1e-5);
    }

    @Test
    void firstClippedUpdateIsReinforce() {
        assertThat(TinyModels.distance(gradients(CLIPPED), gradients(new ReinforcePolicyLoss())))
                .isLessThan(1e-5);
    }

    @Test
    void sequenceRatioOfOneAdvantageASequenceHasTheSameFirstGradient() {
        assertThat(TinyModels.distance(gradients(new SequenceRatioPolicyLoss(0.2, 0.2)), gradients(CLIPPED)))
                .isLessThan(1e-5);
    }

    @Test
    void generatorThatAgreesNeedsNoCorrection() {
        float[] corrected = gradients(CLIPPED, NO_PENALTY, Optional.of(new TokenImportanceWeight(0, 2)), 0, 1000);
        assertThat(corrected).containsExactly(gradients(CLIPPED));
    }

    @Test
    void generatorThatFoundEveryTokenHalfAsLikelyMakesItCountTwice() {
        float gap = (float) Math.log(2);
        float[] corrected = gradients(CLIPPED, NO_PENALTY, Optional.of(new TokenImportanceWeight(0, 5)), gap, 1000);
        float[] doubled = gradients(CLIPPED);
        for (int i = 0; i < doubled.length; i++) {
            doubled[i] *= 2;
        }
        assertThat(TinyModels.distance(corrected, doubled)).isLessThan(1e-5);
    }

    @Test
    void correctionOfTheGeneratorLeavesThePenaltyAlone() {
        var penalty = new InLossKlPenalty(0.5, KlEstimator.K3, 40, Optional.empty());
        Optional<ImportanceWeight> halved = Optional.of(new TokenImportanceWeight(0, 0.5));
        float[] both = gradients(CLIPPED, penalty, halved, 0, 1000);
        float[] policyAlone = gradients(CLIPPED, NO_PENALTY, halved, 0, 1000);
        float[] uncorrected = gradients(CLIPPED, penalty, Optional.empty(), 0, 1000);
        float[] uncorrectedPolicy = gradients(CLIPPED);
        for (int i = 0; i < both.length; i++) {
            both[i] -= policyAlone[i];
            uncorrected[i] -= uncorrectedPolicy[i];
        }
        assertThat(TinyModels.distance(both, uncorrected)).isLessThan(1e-4);
    }
}
