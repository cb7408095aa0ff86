package dev.caravan.verify.maths;

import dev.caravan.verify.maths.Expression.Apply;
import dev.caravan.verify.maths.Expression.Constant;
import dev.caravan.verify.maths.Expression.Decimal;
import dev.caravan.verify.maths.Expression.Power;
import dev.caravan.verify.maths.Expression.Product;
import dev.caravan.verify.maths.Expression.Quotient;
import dev.caravan.verify.maths.Expression.Sum;
import dev.caravan.verify.maths.Expression.Symbol;
import java.util.List;
import java.util.Optional;

/// Whether two written answers are the same answer. Symmetric, deterministic, and bounded in steps.
public final class Equivalence {
    /// What comparing two answers came to.
    public enum Outcome {
        EQUAL,
        DIFFERENT,
        /// The steps were spent before it was known.
        UNKNOWN
    }

    private Equivalence() {}

    /// @param plain whether both stand in running text, where a comma may be a decimal point
    static Outcome of(String left, String right, boolean plain) {
        if (left.strip().equals(right.strip())) {
            return Outcome.EQUAL;
        }
        if (differInHalfOfDay(left, right)) {
            return Outcome.DIFFERENT;
        }
        Optional<List<Expression>> one = readings(left, plain);
        Optional<List<Expression>> other = readings(right, plain);
        if (one.isEmpty() || other.isEmpty()) {
            return bySpelling(left, right) ? Outcome.EQUAL : Outcome.DIFFERENT;
        }
        return byMeaning(one.get(), other.get());
    }

    /// The symbolic test of the release: the difference of two formulas is zero. Sets, pairs, relations and words
    /// never pass it.
    static boolean formulasEqual(String left, String right) {
        try {
            Expression one = AnswerReader.read(left, false);
            Expression other = AnswerReader.read(right, false);
            return isFormula(one) && isFormula(other) && new Scalars(new Steps(Steps.ENOUGH)).equal(one, other);
        } catch (Undecided undecided) {
            return false;
        }
    }

    private static boolean isFormula(Expression expression) {
        return switch (expression) {
            case Expression.Number _, Decimal _, Symbol _, Constant _, Sum _, Product _, Quotient _, Power _, Apply _ ->
                true;
            default -> false;
        };
    }

    private static boolean differInHalfOfDay(String left, String right) {
        Optional<String> one = Spelling.halfOfDay(left);
        Optional<String> other = Spelling.halfOfDay(right);
        return one.isPresent() && other.isPresent() && !one.equals(other);
    }

    private static Optional<List<Expression>> readings(String text, boolean plain) {
        try {
            return Optional.of(Readings.of(text, plain));
        } catch (Undecided undecided) {
            return Optional.empty();
        }
    }

    private static Outcome byMeaning(List<Expression> left, List<Expression> right) {
        var steps = new Steps(Steps.ENOUGH);
        var comparison = new Comparison(steps);
        try {
            for (Expression one : left) {
                for (Expression other : right) {
                    if (equal(comparison, one, other)) {
                        return Outcome.EQUAL;
                    }
                }
            }
            return Outcome.DIFFERENT;
        } catch (Undecided stepsSpent) {
            return Outcome.UNKNOWN;
        }
    }

    private static boolean equal(Comparison comparison, Expression left, Expression right) {
        try {
            return comparison.equal(left, right);
        } catch (Undecided undecided) {
            if (undecided.stepsSpent()) {
                throw undecided;
            }
            return false;
        }
    }

    /// For answers that are not read: the normal forms of strings. A unit in `\text{ …}` is not cut off here, for it
    /// may be half of the answer.
    private static boolean bySpelling(String left, String right) {
        boolean words = left.contains("\\text{ ") || right.contains("\\text{ ");
        return words ? squeezed(left).equals(squeezed(right)) : Hendrycks.equal(squeezed(left), squeezed(right));
    }

    private static String squeezed(String text) {
        String bare = text.strip();
        String unquoted = bare.startsWith("$") && bare.endsWith("$") ? bare.replace("$", "") : bare;
        String ended = unquoted.endsWith(".") ? unquoted.substring(0, unquoted.length() - 1) : unquoted;
        return ended.replaceAll("\\s+", " ").strip();
    }
}
