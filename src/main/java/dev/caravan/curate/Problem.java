package dev.caravan.curate;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/// An arithmetic word problem: a start value, steps that add to it or take from it, and the text that tells the
/// story.
public record Problem(String text, int start, List<Step> steps) {
    /// @param operation what happens to the value
    /// @param amount by how much, always positive
    public record Step(Operation operation, int amount) {
        int after(int value) {
            return operation == Operation.PLUS ? value + amount : value - amount;
        }

        /// Whether the ones alone overflow: a carry in an addition, a borrow in a subtraction.
        private boolean crossesTen(int value) {
            int ones = Math.floorMod(value, 10);
            return operation == Operation.PLUS ? ones + amount % 10 >= 10 : ones < amount % 10;
        }

        private int forgettingTheTen(int value) {
            return operation == Operation.PLUS ? after(value) - 10 : after(value) + 10;
        }
    }

    /// Addition and subtraction, with the sign that a worked solution writes.
    public enum Operation {
        PLUS('+'),
        MINUS('-');

        private final char sign;

        Operation(char sign) {
            this.sign = sign;
        }
    }

    /// A worked solution and how often it went wrong.
    ///
    /// @param text such as `31 + 9 = 40. 40 - 6 = 34. #### 34`
    /// @param chances steps with a carry or a borrow, at which a slip could happen
    /// @param slips those at which it did
    public record Solution(String text, int chances, int slips) {}

    public Problem {
        steps = List.copyOf(steps);
    }

    public int answer() {
        int value = start;
        for (Step step : steps) {
            value = step.after(value);
        }
        return value;
    }

    public String workedSolution() {
        return solve(_ -> false).text();
    }

    /// A solution by someone who forgets the ten in a share `slipRate` of the carries and borrows, and goes on from
    /// the wrong value: what is learnt from such demonstrations is a habit that a verifier can cure.
    public Solution carelessSolution(double slipRate, RandomGenerator random) {
        return solve(_ -> random.nextDouble() < slipRate);
    }

    private Solution solve(IntPredicate slipsAt) {
        var text = new StringBuilder();
        int value = start;
        int chances = 0;
        int slips = 0;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean chance = step.crossesTen(value);
            boolean slip = chance && slipsAt.test(i);
            int result = slip ? step.forgettingTheTen(value) : step.after(value);
            text.append("%d %c %d = %d. ".formatted(value, step.operation.sign, step.amount, result));
            value = result;
            chances += chance ? 1 : 0;
            slips += slip ? 1 : 0;
        }
        return new Solution(text.append("#### ").append(value).toString(), chances, slips);
    }
}
