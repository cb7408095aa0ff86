package dev.caravan.model;

import dev.caravan.tensor.NoGradient;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Scope;
import dev.caravan.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;

/// One training pass through a trunk, unit by unit: forward on the way up, then backward on the way down, each unit's
/// memory freed as soon as its gradients are collected.
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
        hidden = embedding.value().rows(ids);
    }

    /// A unit as it ran: with what it kept, or with nothing but its input.
    private record Step(Unit unit, Tape tape, boolean complete) {}

    void forward(Unit unit) {
        boolean complete = activations == Activations.KEPT;
        Tape own = Tape.recording();
        try (var _ = NoGradient.on();
                var scope = Scope.open()) {
            if (!complete) {
                own.keep(hidden);
            }
            hidden = scope.pass(unit.forward(hidden, complete ? own : Tape.forgetting()));
        }
        steps.push(new Step(unit, own, complete));
    }

    /// What the last unit made, `[tokens, hidden]`.
    public Tensor hidden() {
        return hidden;
    }

    /// Sends the gradient of [#hidden()] down to every parameter. Once only.
    public void backward(Tensor hiddenGradient) {
        Tensor gradient = hiddenGradient;
        while (!steps.isEmpty()) {
            try (var _ = NoGradient.on();
                    var scope = Scope.open()) {
                gradient = scope.pass(backward(steps.pop(), gradient));
            }
        }
        embedding.gradientSum().addRowsInPlace(ids, gradient.to(Precision.FLOAT32));
    }

    private static Tensor backward(Step step, Tensor gradient) {
        try (Tape kept = step.tape()) {
            if (step.complete()) {
                return step.unit().backward(gradient, kept).like(gradient);
            }
            try (Tape again = Tape.recording()) {
                step.unit().forward(kept.take(), again);
                return step.unit().backward(gradient, again).like(gradient);
            }
        }
    }

    @Override
    public void close() {
        steps.forEach(step -> step.tape().close());
        steps.clear();
    }
}
