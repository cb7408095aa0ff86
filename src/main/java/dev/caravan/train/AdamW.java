package dev.caravan.train;

import dev.caravan.config.Default;
import dev.caravan.model.Parameter;
import dev.caravan.tensor.FusedAdamW;
import dev.caravan.tensor.NoGradient;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Scope;
import dev.caravan.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Adam with decoupled weight decay, [algorithm 2](https://arxiv.org/abs/1711.05101), on float32 master weights.
///
/// Walks large weights in pieces, so that a gradient in another format is never converted as a whole.
public final class AdamW implements AutoCloseable {
    private static final long PIECE = 1 << 20;

    /// @param beta1 decay of the gradient's running mean
    /// @param beta2 decay of the squared gradient's running mean
    /// @param epsilon added to the root of the squared mean
    /// @param weightDecay share of each weight that is taken away a step, times the learning rate
    public record Settings(
            @Default("0.9") double beta1,
            @Default("0.999") double beta2,
            @Default("1e-8") double epsilon,
            @Default("0") double weightDecay) {
        public Settings {
            checkDecay("beta1", beta1);
            checkDecay("beta2", beta2);
            if (!(epsilon > 0)) {
                throw new IllegalArgumentException("epsilon must be positive, got " + epsilon);
            }
            if (!(weightDecay >= 0)) {
                throw new IllegalArgumentException("weight_decay must not be negative, got " + weightDecay);
            }
        }

        private static void checkDecay(String name, double value) {
            if (!(value >= 0 && value < 1)) {
                throw new IllegalArgumentException(name + " must lie in [0, 1), got " + value);
            }
        }
    }

    private final Settings settings;
    private final List<Moments> moments = new ArrayList<>();

    /// A weight with its running means.
    record Moments(Parameter parameter, Tensor mean, Tensor square) {}

    public AdamW(List<Parameter> parameters, Settings settings) {
        this.settings = settings;
        try (var _ = Scope.open()) {
            for (Parameter p : parameters) {
                long[] shape = p.value().shape();
                moments.add(new Moments(
                        p,
                        Tensor.zeros(Precision.FLOAT32, shape).keep(),
                        Tensor.zeros(Precision.FLOAT32, shape).keep()));
            }
        }
    }

    List<Moments> moments() {
        return moments;
    }

    /// The Euclidean norm of all gradients together.
    public double gradientNorm() {
        double squares = 0;
        for (Moments m : moments) {
            squares += m.parameter().gradient().map(AdamW::squares).orElse(0.0);
        }
        return Math.sqrt(squares);
    }

    /// Row by row, since over all of a bfloat16 matrix at once the engine's norm is a slow loop on one thread.
    private static double squares(Tensor gradient) {
        try (var _ = NoGradient.on();
                var _ = Scope.open()) {
            Tensor rows = gradient.detach().view(-1, gradient.size(gradient.shape().length - 1));
            double norm = rows.rowNorms().norm().item();
            return norm * norm;
        }
    }

    /// Moves every weight and clears the gradients.
    ///
    /// @param step counted from 1
    /// @param scale factor of the gradients, below 1 where they are clipped
    public void step(long step, double learningRate, double scale) {
        var fused = new FusedAdamW.Step(
                step,
                learningRate,
                settings.beta1(),
                settings.beta2(),
                settings.epsilon(),
                settings.weightDecay(),
                1 / scale);
        for (Moments m : moments) {
            m.parameter().gradient().ifPresent(gradient -> step(m, gradient, fused));
            m.parameter().clearGradient();
        }
    }

    private static void step(Moments m, Tensor gradient, FusedAdamW.Step step) {
        long count = gradient.count();
        for (long from = 0; from < count; from += PIECE) {
            try (var _ = NoGradient.on();
                    var _ = Scope.open()) {
                FusedAdamW.apply(
                        step,
                        piece(m.parameter().master(), from, count),
                        piece(gradient, from, count).to(Precision.FLOAT32),
                        piece(m.mean(), from, count),
                        piece(m.square(), from, count));
                m.parameter().masterChanged(from, Math.min(PIECE, count - from)); // while it is in the cache
            }
        }
    }

    private static Tensor piece(Tensor whole, long from, long count) {
        return whole.detach().view(count).narrow(0, from, Math.min(PIECE, count - from));
    }

    @Override
    public void close() {
        for (Moments m : moments) {
            m.mean().close();
            m.square().close();
        }
    }
}
