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

/// Whether two written answers are the same answer. Deterministic, bounded in steps, and symmetric, but that an answer
/// may be an equation whose last side is the expected value: `a+b=9` answers 9, while 9 does not answer `a+b=9`.
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
    static Outcome of(String answer, String expected, boolean plain) {
        if (Spelling.bare(answer).equals(Spelling.bare(expected)) || inOneBase(answer, expected)) {
            return Outcome.EQUAL;
        }
        if (differInHalfOfDay(answer, expected)) {
            return Outcome.DIFFERENT;
        }
        Optional<List<Expression>> given = readings(answer, plain);
        Optional<List<Expression>> wanted = readings(expected, plain);
        if (given.isEmpty() || wanted.isEmpty()) {
            return bySpelling(answer, expected) ? Outcome.EQUAL : Outcome.DIFFERENT;
        }
        return byMeaning(given.get(), wanted.get());
    }

    /// Digits of which one text tells the base, as in `1101_2`, and the other leaves it to the question.
    private static boolean inOneBase(String left, String right) {
        Optional<String> one = Spelling.digitsOfBase(left);
        Optional<String> other = Spelling.digitsOfBase(right);
        return one.isPresent() != other.isPresent()
                && one.orElseGet(() -> Spelling.bare(left)).equals(other.orElseGet(() -> Spelling.bare(right)));
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

    private static Outcome byMeaning(List<Expression> answer, List<Expression> expected) {
        var steps = new Steps(Steps.ENOUGH);
        var comparison = new Comparison(steps);
        try {
            for (Expression given : answer) {
                for (Expression wanted : expected) {
                    if (equal(comparison, given, wanted) || concludes(comparison, given, wanted)) {
                        return Outcome.EQUAL;
                    }
                }
            }
            return Outcome.DIFFERENT;
        } catch (Undecided stepsSpent) {
            return Outcome.UNKNOWN;
        }
    }

    private static boolean concludes(Comparison comparison, Expression answer, Expression expected) {
        boolean value = !(expected instanceof Expression.Relation) && !(expected instanceof Expression.Listing);
        return value
                && Relations.conclusion(answer)
                        .filter(conclusion -> equal(comparison, conclusion, expected))
                        .isPresent();
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
        String one = Spelling.bare(left);
        String other = Spelling.bare(right);
        boolean words = one.contains("\\text{ ") || other.contains("\\text{ ");
        return words ? one.equals(other) : Hendrycks.equal(one, other);
    }
}
