package dev.caravan.model;

import dev.caravan.tensor.NoGradient;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Scope;
import dev.caravan.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// One training pass through a trunk, block by block: forward on the way up, then backward on the way down, each
/// block's memory freed as soon as its gradients are collected.
public final class Pass implements AutoCloseable {
    private final Parameter embedding;
    private final Tensor ids;
    private final Activations activations;
    private final Deque<Step> steps = new ArrayDeque<>();
    private Tensor hidden;

    Pass(Parameter embedding, Tensor ids, Activations activations) {
        this.embedding = embedding;
        this.ids = ids;
        this.activations = activations;
        hidden = embedding.value().detach().rows(ids);
    }

    /// A unit as it ran: its input, its output where that was kept, and how to run it again.
    private record Step(UnaryOperator<Tensor> unit, List<Parameter> parameters, Tensor input, Optional<Tensor> output) {
        void close() {
            input.close();
            output.ifPresent(Tensor::close);
        }
    }

    void forward(UnaryOperator<Tensor> unit, List<Parameter> parameters) {
        try (var scope = Scope.open()) {
            Tensor input = hidden.leaf().keep();
            if (activations == Activations.KEPT) {
                Tensor output = unit.apply(input).keep();
                steps.push(new Step(unit, parameters, input, Optional.of(output)));
                hidden = scope.pass(output.detach());
            } else {
                try (var _ = NoGradient.on()) {
                    hidden = scope.pass(unit.apply(input));
                }
                steps.push(new Step(unit, parameters, input, Optional.empty()));
            }
        }
    }

    /// What the last unit made, `[tokens, hidden]`, outside any record of gradients.
    public Tensor hidden() {
        return hidden;
    }

    /// Sends the gradient of [#hidden()] down to every parameter. Once only.
    public void backward(Tensor hiddenGradient) {
        Tensor gradient = hiddenGradient;
        while (!steps.isEmpty()) {
            try (var scope = Scope.open()) {
                Step step = steps.pop();
                step.output().orElseGet(() -> step.unit().apply(step.input())).backward(gradient);
                step.parameters().forEach(Parameter::collectGradient);
                gradient = scope.pass(step.input().gradient());
                step.close();
            }
        }
        embedding.gradientSum().addRowsInPlace(ids, gradient.to(Precision.FLOAT32));
    }

    @Override
    public void close() {
        steps.forEach(Step::close);
        steps.clear();
    }
}
