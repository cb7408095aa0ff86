package dev.caravan.verify.maths;

import dev.caravan.verify.maths.Expression.Apply;
import dev.caravan.verify.maths.Expression.Constant;
import dev.caravan.verify.maths.Expression.Decimal;
import dev.caravan.verify.maths.Expression.Function;
import dev.caravan.verify.maths.Expression.Power;
import dev.caravan.verify.maths.Expression.Product;
import dev.caravan.verify.maths.Expression.Quotient;
import dev.caravan.verify.maths.Expression.Sum;
import dev.caravan.verify.maths.Expression.Symbol;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/// Multiplies a formula out, exactly. Parts that are no sums, products, integer powers or square roots of rational
/// numbers become unknowns: equal results mean equal formulas, different ones need not.
final class Expansion {
    private static final int HIGHEST_POWER = 200;
    private static final int MOST_BITS = 20_000;
    private static final int MOST_FACTORIAL = 1_000;

    private final Steps steps;

    Expansion(Steps steps) {
        this.steps = steps;
    }

    /// @throws Undecided when the steps are spent, a quotient is by zero, or it is no formula of numbers
    Fraction of(Expression expression) {
        steps.spend(1);
        return switch (expression) {
            case Expression.Number(Rational value) -> Fraction.of(value);
            case Decimal(Rational value, int _) -> Fraction.of(value);
            case Symbol symbol -> unknown(symbol);
            case Constant constant -> constant(constant);
            case Sum(List<Expression> terms) -> sum(terms);
            case Product(List<Expression> factors) -> product(factors);
            case Quotient(Expression numerator, Expression denominator) ->
                of(numerator).over(of(denominator), steps);
            case Power(Expression base, Expression exponent) -> power(of(base), base, exponent);
            case Apply apply -> apply(apply);
            default -> throw Undecided.unreadable();
        };
    }

    private static Fraction unknown(Expression expression) {
        return Fraction.of(Polynomial.of(Monomial.of(expression)));
    }

    private static Fraction constant(Constant constant) {
        return switch (constant) {
            case PERCENT -> Fraction.of(Rational.of(1).times(Rational.of(100).reciprocal()));
            case DEGREE -> new Fraction(unknown(Constant.PI).numerator(), Polynomial.of(Rational.of(180)));
            case PI, E, I, INFINITY -> unknown(constant);
            case PLUS_MINUS, MINUS_PLUS -> throw Undecided.unreadable();
        };
    }

    private Fraction sum(List<Expression> terms) {
        Fraction sum = Fraction.of(Rational.ZERO);
        for (Expression term : terms) {
            sum = sum.plus(of(term), steps);
        }
        return sum;
    }

    private Fraction product(List<Expression> factors) {
        Fraction product = Fraction.of(Rational.ONE);
        for (Expression factor : factors) {
            product = product.times(of(factor), steps);
        }
        return product;
    }

    private Fraction power(Fraction base, Expression shape, Expression exponent) {
        Optional<Rational> times = of(exponent).rational();
        if (times.isEmpty()) {
            return base.equals(Fraction.of(Rational.ONE)) ? base : unknown(new Power(shape, exponent));
        }
        Rational known = times.get();
        Optional<Rational> number = base.rational();
        if (known.isSmallInteger()) {
            return integerPower(base, number, known.numerator().intValue())
                    .orElseGet(() -> unknown(new Power(shape, exponent)));
        }
        return number.flatMap(value -> root(value, known))
                .orElseGet(() -> unknown(new Power(shape, new Expression.Number(known))));
    }

    private Optional<Fraction> integerPower(Fraction base, Optional<Rational> number, int exponent) {
        if (exponent < 0 && base.isZero() || exponent == 0 && base.isZero()) {
            throw Undecided.noValue();
        }
        if (number.isPresent()) {
            return numberPower(number.get(), exponent).map(Fraction::of);
        }
        if (Math.abs(exponent) > HIGHEST_POWER) {
            return Optional.empty();
        }
        Fraction factor = exponent < 0 ? new Fraction(base.denominator(), base.numerator()) : base;
        Fraction power = Fraction.of(Rational.ONE);
        for (int i = 0; i < Math.abs(exponent); i++) {
            power = power.times(factor, steps);
        }
        return Optional.of(power);
    }

    private Optional<Rational> numberPower(Rational base, int exponent) {
        long bits = (long) base.bits() * Math.abs((long) exponent);
        if (bits > MOST_BITS) {
            return Optional.empty();
        }
        steps.spend(1 + bits / 64);
        return Optional.of(base.power(exponent));
    }

    /// A power with an exponent that is no integer, where it is a rational number or the square root of one.
    private Optional<Fraction> root(Rational base, Rational exponent) {
        if (!exponent.isSmallInteger() && exponent.denominator().bitLength() > 8
                || exponent.numerator().bitLength() > 8) {
            return Optional.empty();
        }
        if (base.signum() == 0 && exponent.signum() < 0) {
            throw Undecided.noValue();
        }
        int index = exponent.denominator().intValue();
        return numberPower(base, exponent.numerator().intValue()).flatMap(radicand -> rootOf(radicand, index));
    }

    private Optional<Fraction> rootOf(Rational radicand, int index) {
        boolean negative = radicand.signum() < 0;
        if (radicand.signum() == 0) {
            return Optional.of(Fraction.of(Rational.ZERO));
        }
        Rational size = negative ? radicand.negate() : radicand;
        steps.spend(50 + size.bits());
        Optional<Fraction> exact = exactRoot(size, index);
        if (negative && index % 2 == 1) {
            return exact.map(root -> root.negate(steps)); // the real root, as in school
        }
        if (index != 2) {
            return negative ? Optional.empty() : exact;
        }
        Fraction root = exact.orElseGet(() -> squareRoot(size));
        return Optional.of(negative ? root.times(unknown(Constant.I), steps) : root);
    }

    private static Optional<Fraction> exactRoot(Rational value, int index) {
        Optional<BigInteger> numerator = Roots.exact(value.numerator(), index);
        Optional<BigInteger> denominator = Roots.exact(value.denominator(), index);
        return numerator.isPresent() && denominator.isPresent()
                ? Optional.of(Fraction.of(Rational.of(numerator.get(), denominator.get())))
                : Optional.empty();
    }

    /// `sqrt(p / q)` as a rational multiple of the root of an integer without square factors.
    private Fraction squareRoot(Rational value) {
        steps.spend(500);
        Roots.Surd surd = Roots.surd(value.numerator().multiply(value.denominator()));
        Fraction root = Fraction.of(Polynomial.of(Monomial.squareRoot(surd.radicand())));
        return root.times(Fraction.of(Rational.of(surd.factor(), value.denominator())), steps);
    }

    private Fraction apply(Apply apply) {
        List<Fraction> arguments = apply.arguments().stream().map(this::of).toList();
        List<Rational> known = arguments.stream()
                .flatMap(argument -> argument.rational().stream())
                .toList();
        Optional<Rational> value = known.size() == arguments.size() ? value(apply.function(), known) : Optional.empty();
        return value.map(Fraction::of).orElseGet(() -> unknown(apply));
    }

    private Optional<Rational> value(Function function, List<Rational> arguments) {
        Rational first = arguments.getFirst();
        return switch (function) {
            case ABS -> Optional.of(first.signum() < 0 ? first.negate() : first);
            case FLOOR -> Optional.of(floor(first));
            case CEILING -> Optional.of(floor(first.negate()).negate());
            case FACTORIAL -> factorial(first);
            case BINOMIAL -> binomial(first, arguments.getLast());
            default -> Optional.empty();
        };
    }

    private static Rational floor(Rational value) {
        BigInteger[] parts = value.numerator().divideAndRemainder(value.denominator());
        return Rational.of(parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0]);
    }

    private Optional<Rational> factorial(Rational of) {
        return small(of).map(n -> {
            BigInteger product = BigInteger.ONE;
            for (int i = 2; i <= n; i++) {
                product = product.multiply(BigInteger.valueOf(i));
            }
            steps.spend(n * 2L);
            return Rational.of(product);
        });
    }

    private Optional<Rational> binomial(Rational of, Rational choose) {
        return small(of)
                .flatMap(n -> small(choose).map(k -> {
                    BigInteger product = BigInteger.ONE;
                    for (int i = 0; i < k; i++) {
                        product = product.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1));
                    }
                    steps.spend(k * 2L);
                    return Rational.of(product);
                }));
    }

    private static Optional<Integer> small(Rational value) {
        boolean fits = value.isSmallInteger()
                && value.signum() >= 0
                && value.numerator().intValue() <= MOST_FACTORIAL;
        return fits ? Optional.of(value.numerator().intValue()) : Optional.empty();
    }
}
