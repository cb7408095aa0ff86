package dev.caravan.train;

import dev.caravan.config.Default;
import dev.caravan.model.Parameter;
import dev.caravan.tensor.NoGradient;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Scope;
import dev.caravan.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Adam with decoupled weight decay, [algorithm 2](https://arxiv.org/abs/1711.05101), on float32 master weights.
///
/// Walks the weights in pieces that fit a processor's cache, so that the many small operations cost one trip to
/// memory.
public final class AdamW implements AutoCloseable {
    private static final long PIECE = 1 << 16;

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

    private static double squares(Tensor gradient) {
        double sum = 0;
        long count = gradient.count();
        for (long from = 0; from < count; from += PIECE) {
            try (var _ = NoGradient.on();
                    var _ = Scope.open()) {
                sum += piece(gradient, from, count)
                        .to(Precision.FLOAT32)
                        .square()
                        .sum()
                        .item();
            }
        }
        return sum;
    }

    /// Moves every weight and clears the gradients.
    ///
    /// @param step counted from 1
    /// @param scale factor of the gradients, below 1 where they are clipped
    public void step(long step, double learningRate, double scale) {
        for (Moments m : moments) {
            m.parameter().gradient().ifPresent(gradient -> step(m, gradient, step, learningRate, scale));
            m.parameter().masterChanged();
            m.parameter().clearGradient();
        }
    }

    private void step(Moments m, Tensor gradient, long step, double learningRate, double scale) {
        double meanCorrection = 1 - Math.pow(settings.beta1(), step);
        double squareCorrection = Math.sqrt(1 - Math.pow(settings.beta2(), step));
        long count = gradient.count();
        for (long from = 0; from < count; from += PIECE) {
            try (var _ = NoGradient.on();
                    var _ = Scope.open()) {
                Tensor g = piece(gradient, from, count).to(Precision.FLOAT32).times(scale);
                Tensor weight = piece(m.parameter().master(), from, count);
                Tensor mean = piece(m.mean(), from, count).lerpInPlace(g, 1 - settings.beta1());
                Tensor square = piece(m.square(), from, count)
                        .timesInPlace(settings.beta2())
                        .plusProductInPlace(g, g, 1 - settings.beta2());
                Tensor root = square.sqrt().timesInPlace(1 / squareCorrection).plusInPlace(settings.epsilon());
                if (settings.weightDecay() > 0) {
                    weight.timesInPlace(1 - learningRate * settings.weightDecay());
                }
                weight.plusQuotientInPlace(mean, root, -learningRate / meanCorrection);
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
