package dev.caravan.model;

import dev.caravan.tensor.NoGradient;
import dev.caravan.tensor.Scope;
import dev.caravan.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;

/// One training pass through a trunk, unit by unit: forward on the way up, then backward on the way down, each unit's
/// memory freed as soon as its gradients are collected.
public final class Pass implements AutoCloseable {
    private final Parameter embedding;
    private final int[] ids;
    private final Activations activations;
    private final Deque<Step> steps = new ArrayDeque<>();
    private Tensor hidden;

    Pass(Parameter embedding, int[] ids, Activations activations) {
        this.embedding = embedding;
        this.ids = ids;
        this.activations = activations;
        hidden = embedding.value().rows(Tensor.of(ids)).keep();
    }

    /// A unit as it ran: with what it kept, or with nothing but its input.
    private record Step(Unit unit, Tape tape, boolean complete) {}

    void forward(Unit unit) {
        boolean complete = activations == Activations.KEPT;
        Tape own = Tape.recording();
        try (var _ = NoGradient.on();
                var _ = Scope.open()) {
            if (!complete) {
                own.keep(hidden);
            }
            Tensor output =
                    unit.forward(hidden, complete ? own : Tape.forgetting()).keep();
            hidden.close();
            hidden = output;
        }
        steps.push(new Step(unit, own, complete));
    }

    /// What the last unit made, `[tokens, hidden]`.
    public Tensor hidden() {
        return hidden;
    }

    /// Sends the gradient of [#hidden()] down to every parameter. Once only.
    public void backward(Tensor hiddenGradient) {
        Tensor gradient = hiddenGradient.detach().keep();
        try (var _ = NoGradient.on();
                var _ = Scope.open()) {
            while (!steps.isEmpty()) {
                try (var _ = Scope.open()) {
                    Tensor ofInput = backward(steps.pop(), gradient).keep();
                    gradient.close();
                    gradient = ofInput;
                }
            }
            embedding.addRows(ids, gradient);
        } finally {
            gradient.close();
        }
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
        hidden.close();
        steps.forEach(step -> step.tape().close());
        steps.clear();
    }
}
