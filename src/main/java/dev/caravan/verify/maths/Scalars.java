package dev.caravan.verify.maths;

import dev.caravan.verify.maths.Expression.Constant;
import dev.caravan.verify.maths.Expression.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// Whether two formulas have the same value whatever their symbols are: exactly by expansion where that decides, else
/// to many digits at points that are drawn from a fixed seed.
final class Scalars {
    private static final long SEED = 20_241_122;
    private static final int POINTS = 9;
    private static final int ENOUGH_POINTS = 3;

    /// The kinds of points: above zero, of both signs, and small integers.
    private static final int KINDS = 3;

    private final Steps steps;

    Scalars(Steps steps) {
        this.steps = steps;
    }

    boolean equal(Expression left, Expression right) {
        Optional<Fraction> difference = difference(left, right);
        if (difference.isPresent() && difference.get().isZero()) {
            return true;
        }
        if (difference.isPresent() && decides(difference.get().numerator())) {
            return false;
        }
        return equalAtPoints(left, right);
    }

    /// The left less the right, multiplied out; empty where it has no such form.
    Optional<Fraction> difference(Expression left, Expression right) {
        var expansion = new Expansion(steps);
        return attempt(() -> expansion.of(left).minus(expansion.of(right), steps));
    }

    /// Whether a polynomial that is not zero in its unknowns is not zero for all their values.
    private static boolean decides(Polynomial difference) {
        return difference.terms().keySet().stream()
                .flatMap(monomial -> monomial.powers().keySet().stream())
                .allMatch(unknown -> unknown instanceof Symbol || unknown == Constant.PI || unknown == Constant.I);
    }

    private boolean equalAtPoints(Expression left, Expression right) {
        Set<String> symbols = new TreeSet<>(Rewriting.symbols(left));
        symbols.addAll(Rewriting.symbols(right));
        if (symbols.isEmpty()) {
            return agreement(left, right, Map.of(), false).orElse(false);
        }
        boolean real = !Rewriting.contains(left, Constant.I) && !Rewriting.contains(right, Constant.I);
        int agreed = 0;
        for (Map<String, Rational> point : points(symbols)) {
            Optional<Boolean> agrees = agreement(left, right, point, real);
            if (agrees.isPresent() && !agrees.get()) {
                return false;
            }
            agreed += agrees.isPresent() ? 1 : 0;
        }
        return agreed >= ENOUGH_POINTS;
    }

    /// Empty where a side has no value: the point says nothing then, for one may be written on a smaller domain.
    private Optional<Boolean> agreement(Expression left, Expression right, Map<String, Rational> point, boolean real) {
        Optional<Complex> one = value(left, point, real);
        Optional<Complex> other = value(right, point, real);
        return one.flatMap(a -> other.map(a::isNear));
    }

    Optional<Complex> value(Expression expression, Map<String, Rational> point, boolean real) {
        return attempt(() -> new Evaluation(point, real, steps).of(expression));
    }

    private static List<Map<String, Rational>> points(Set<String> symbols) {
        var random = new SplittableRandom(SEED);
        List<Map<String, Rational>> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            Map<String, Rational> point = new HashMap<>();
            for (String symbol : symbols) {
                point.put(symbol, coordinate(i % KINDS, random));
            }
            points.add(point);
        }
        return points;
    }

    private static Rational coordinate(int kind, SplittableRandom random) {
        Rational positive =
                Rational.of(random.nextInt(11, 400)).times(Rational.of(97).reciprocal());
        return switch (kind) {
            case 0 -> positive;
            case 1 -> random.nextBoolean() ? positive : positive.negate();
            default -> Rational.of(random.nextInt(2, 14));
        };
    }

    private interface Attempt<T> {
        T make();
    }

    private static <T> Optional<T> attempt(Attempt<T> attempt) {
        try {
            return Optional.of(attempt.make());
        } catch (Undecided undecided) {
            if (undecided.stepsSpent()) {
                throw undecided;
            }
            return Optional.empty();
        }
    }
}
