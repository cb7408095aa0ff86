package dev.caravan.tensor;

import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Type;

/// The engine's AdamW that reads and writes every number once.
public final class FusedAdamW {
    private static final Type.TypePtr TENSOR = Operator.ADAM_W.entryType(0);

    private FusedAdamW() {}

    /// What one step does to every number of a weight.
    ///
    /// @param step counted from 1
    /// @param gradientDivisor by which gradients are divided before anything else
    public record Step(
            long step,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay,
            double gradientDivisor) {}

    /// Moves `weight` and its running means in place; what is left in `gradient` has no meaning. All are float32.
    public static void apply(Step step, Tensor weight, Tensor gradient, Tensor mean, Tensor square) {
        IValue[] arguments = {
            list(weight),
            list(gradient),
            list(mean),
            list(square),
            list(), // running maxima: only where the variant AMSGrad is asked for
            list(scalar(step.step())),
            new IValue(step.learningRate()),
            new IValue(step.beta1()),
            new IValue(step.beta2()),
            new IValue(step.weightDecay()),
            new IValue(step.epsilon()),
            new IValue(false), // AMSGrad
            new IValue(false), // maximise
            step.gradientDivisor() == 1
                    ? new IValue()
                    : scalar(step.gradientDivisor()).boxed(),
            new IValue() // where an overflow is noted
        };
        Tensor.call("adamW", () -> Operator.ADAM_W.run(arguments), weight, gradient, mean, square);
    }

    private static Tensor scalar(double value) {
        return Tensor.full(value);
    }

    private static IValue list(Tensor... tensors) {
        var list = new GenericList(TENSOR);
        for (Tensor tensor : tensors) {
            list.push_back(tensor.boxed());
        }
        return new IValue(list);
    }
}
