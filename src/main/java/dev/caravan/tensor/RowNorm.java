package dev.caravan.tensor;

import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// Root-mean-square normalisation of the rows of a matrix by the engine's kernels for other normalisations, which
/// read every number once: x̂ = x · factor, where factor = 1 / √(mean x² + ε).
public final class RowNorm {
    private RowNorm() {}

    /// `x · 1/√(meanSquares + ε)` row by row, rounded once to the format of `x`: batch normalisation about 0 with
    /// known variances, each row a channel.
    ///
    /// @param x `[rows, width]`
    /// @param meanSquares `[rows]`, float32
    public static Tensor normalised(Tensor x, Tensor meanSquares, double epsilon) {
        long[] shape = x.shape();
        Tensor centre = Tensor.zeros(Precision.FLOAT32, shape[0]);
        Tensor channels = x.view(1, shape[0], shape[1]);
        return Tensor.op(
                        "normalised",
                        () -> torch.native_batch_norm(
                                        channels.handle(),
                                        new TensorOptional(),
                                        new TensorOptional(),
                                        optional(centre),
                                        optional(meanSquares),
                                        false,
                                        0,
                                        epsilon)
                                .get0()
                                .detach(),
                        channels,
                        meanSquares)
                .view(shape);
    }

    /// How a gradient of `x̂ · weight` goes back: layer normalisation about 0.
    ///
    /// That kernel takes the mean of the weighted gradient away from each row, because there a mean depends on
    /// every number of its row. Here nothing is subtracted in the forward pass, so what was taken is given back.
    ///
    /// Sums are exact to float32 whatever the format of `gradient` and `x`, but for what is given back.
    ///
    /// @param gradient `[rows, width]`
    /// @param x what was normalised
    /// @param factor `[rows, 1]`, float32
    /// @param weight `[width]`, float32
    /// @param weightColumn the weight as a matrix whose first column it is, in the format of `x`
    public static Gradients backward(Tensor gradient, Tensor x, Tensor factor, Tensor weight, Tensor weightColumn) {
        long width = x.size(1);
        Tensor centre = Tensor.zeros(Precision.FLOAT32, x.size(0), 1);
        BoolPointer wanted = new BoolPointer(3).put(0, true).put(1, true).put(2, false); // input, weight, bias
        T_TensorTensorTensor_T both = Tensor.answer(
                "normGradient",
                () -> torch.native_layer_norm_backward(
                        gradient.to(Precision.FLOAT32).handle(),
                        x.to(Precision.FLOAT32).handle(),
                        new long[] {width},
                        centre.handle(),
                        factor.handle(),
                        optional(weight),
                        new TensorOptional(),
                        wanted),
                gradient,
                x,
                factor,
                weight);
        Tensor taken =
                gradient.matmul(weightColumn).narrow(1, 0, 1).times(factor).div(width);
        return new Gradients(own(both.get0()).plusInPlace(taken), own(both.get1()));
    }

    /// @param input `[rows, width]`, float32
    /// @param weight `[width]`, float32
    public record Gradients(Tensor input, Tensor weight) {}

    /// What a tuple of the engine gives out is only lent.
    private static Tensor own(org.bytedeco.pytorch.Tensor lent) {
        return Tensor.of(lent.detach());
    }

    private static TensorOptional optional(Tensor tensor) {
        return new TensorOptional(tensor.handle());
    }
}
