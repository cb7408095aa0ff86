package dev.caravan.verify.maths;

import dev.caravan.verify.maths.Expression.Apply;
import dev.caravan.verify.maths.Expression.Constant;
import dev.caravan.verify.maths.Expression.Decimal;
import dev.caravan.verify.maths.Expression.Power;
import dev.caravan.verify.maths.Expression.Product;
import dev.caravan.verify.maths.Expression.Quotient;
import dev.caravan.verify.maths.Expression.Sum;
import dev.caravan.verify.maths.Expression.Symbol;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Computes a formula to many digits where its symbols have the values of a point.
///
/// Among real numbers (`real`) what has no real value has none at all, so that a point outside the domain of a
/// formula decides nothing. Odd roots of negative numbers are the real ones, as in school.
final class Evaluation {
    private static final int FUNCTION_STEPS = 150;
    private static final int MOST_FACTORIAL = 500;
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private final Map<String, Rational> point;
    private final boolean real;
    private final Steps steps;

    Evaluation(Map<String, Rational> point, boolean real, Steps steps) {
        this.point = point;
        this.real = real;
        this.steps = steps;
    }

    /// @throws Undecided when there is no value or the steps are spent
    Complex of(Expression expression) {
        steps.spend(2);
        return switch (expression) {
            case Expression.Number(Rational value) -> Complex.of(value);
            case Decimal(Rational value, int _) -> Complex.of(value);
            case Symbol(String name) -> Complex.of(point.getOrDefault(name, Rational.ONE));
            case Constant constant -> constant(constant);
            case Sum(List<Expression> terms) ->
                terms.stream().map(this::of).reduce(Complex.of(BigDecimal.ZERO), Complex::plus);
            case Product(List<Expression> factors) ->
                factors.stream().map(this::of).reduce(Complex.ONE, Complex::times);
            case Quotient(Expression numerator, Expression denominator) ->
                of(numerator).over(of(denominator));
            case Power(Expression base, Expression exponent) -> power(base, exponent);
            case Apply apply -> apply(apply);
            default -> throw Undecided.unreadable();
        };
    }

    private Complex constant(Constant constant) {
        return switch (constant) {
            case PI -> Complex.of(Elementary.PI);
            case E -> Complex.ONE.exp();
            case I -> Complex.I;
            case PERCENT -> Complex.of(new BigDecimal("0.01"));
            case DEGREE -> Complex.of(Elementary.PI).over(Complex.of(BigDecimal.valueOf(180)));
            case INFINITY, PLUS_MINUS, MINUS_PLUS -> throw Undecided.noValue();
        };
    }

    private Complex power(Expression base, Expression exponent) {
        steps.spend(2L * FUNCTION_STEPS);
        if (base == Constant.E) {
            return of(exponent).exp();
        }
        Complex value = of(base);
        Optional<Rational> exact = exact(exponent);
        if (exact.isPresent()) {
            return power(value, exact.get());
        }
        Complex times = of(exponent);
        if (value.isZero() && times.isReal() && times.re().signum() > 0) {
            return value;
        }
        return realOnly(times.times(logarithm(value)).exp());
    }

    /// The exponent where it is a rational number, so that roots can be told from other powers.
    private Optional<Rational> exact(Expression exponent) {
        try {
            return new Expansion(steps).of(at(exponent)).rational();
        } catch (Undecided undecided) {
            if (undecided.stepsSpent()) {
                throw undecided;
            }
            return Optional.empty();
        }
    }

    private Expression at(Expression expression) {
        return expression instanceof Symbol(String name) && point.containsKey(name)
                ? new Expression.Number(point.get(name))
                : Rewriting.mapParts(expression, this::at);
    }

    private Complex power(Complex base, Rational exponent) {
        if (exponent.isSmallInteger() && exponent.numerator().abs().bitLength() <= 10) {
            return integerPower(base, exponent.numerator().intValue());
        }
        if (base.isZero()) {
            if (exponent.signum() <= 0) {
                throw Undecided.noValue();
            }
            return base;
        }
        if (base.isReal() && base.re().signum() < 0 && exponent.denominator().testBit(0)) {
            return ofNegative(base, exponent);
        }
        if (exponent.equals(Rational.of(BigInteger.ONE, BigInteger.TWO)) && base.isReal()) {
            return squareRoot(base);
        }
        return realOnly(Complex.of(exponent).times(logarithm(base)).exp());
    }

    /// With an odd denominator the power of a negative number is real.
    private static Complex ofNegative(Complex base, Rational exponent) {
        Complex size = Complex.of(exponent).times(base.negate().ln()).exp();
        return exponent.numerator().testBit(0) ? size.negate() : size;
    }

    private Complex squareRoot(Complex radicand) {
        if (radicand.re().signum() >= 0) {
            return Complex.of(radicand.re().sqrt(Elementary.PRECISION));
        }
        return realOnly(new Complex(BigDecimal.ZERO, radicand.re().negate().sqrt(Elementary.PRECISION)));
    }

    private static Complex integerPower(Complex base, int exponent) {
        if (exponent <= 0 && base.isZero()) {
            throw Undecided.noValue();
        }
        Complex power = Complex.ONE;
        Complex square = base;
        for (int rest = Math.abs(exponent); rest > 0; rest >>= 1) {
            power = (rest & 1) == 1 ? power.times(square) : power;
            square = square.times(square);
        }
        return exponent < 0 ? Complex.ONE.over(power) : power;
    }

    private Complex logarithm(Complex of) {
        return realOnly(of.ln());
    }

    private Complex realOnly(Complex value) {
        if (real && !value.isReal()) {
            throw Undecided.noValue();
        }
        return value;
    }

    private Complex apply(Apply apply) {
        steps.spend(FUNCTION_STEPS);
        Complex x = of(apply.arguments().getFirst());
        return switch (apply.function()) {
            case ABS -> x.abs();
            case FLOOR -> x.floor();
            case CEILING -> x.negate().floor().negate();
            case EXP -> x.exp();
            case LN -> logarithm(x);
            case LOG -> logarithm(of(apply.arguments().getLast())).over(logarithm(x));
            case FACTORIAL -> factorial(x);
            case BINOMIAL -> binomial(x, of(apply.arguments().getLast()));
            case SINH -> x.exp().minus(x.negate().exp()).times(Complex.of(HALF));
            case COSH -> x.exp().plus(x.negate().exp()).times(Complex.of(HALF));
            case TANH -> tanh(x);
            case SIN, COS, TAN, COT, SEC, CSC, ARCSIN, ARCCOS, ARCTAN -> Complex.of(trigonometric(apply, realValue(x)));
        };
    }

    private static BigDecimal trigonometric(Apply apply, BigDecimal x) {
        return switch (apply.function()) {
            case SIN -> Elementary.sin(x);
            case COS -> Elementary.cos(x);
            case TAN -> quotient(Elementary.sin(x), Elementary.cos(x));
            case COT -> quotient(Elementary.cos(x), Elementary.sin(x));
            case SEC -> quotient(BigDecimal.ONE, Elementary.cos(x));
            case CSC -> quotient(BigDecimal.ONE, Elementary.sin(x));
            case ARCTAN -> Elementary.atan(x);
            case ARCSIN -> arcsin(x);
            case ARCCOS -> Elementary.PI.multiply(HALF).subtract(arcsin(x), Elementary.PRECISION);
            default -> throw Undecided.unreadable();
        };
    }

    private static BigDecimal arcsin(BigDecimal x) {
        BigDecimal square = BigDecimal.ONE.subtract(x.multiply(x), Elementary.PRECISION);
        if (square.signum() < 0) {
            throw Undecided.noValue();
        }
        if (square.signum() == 0) {
            return Elementary.PI.multiply(HALF).multiply(BigDecimal.valueOf(x.signum()));
        }
        return Elementary.atan(quotient(x, square.sqrt(Elementary.PRECISION)));
    }

    /// What is not zero but for rounding is as good as zero in a denominator.
    private static BigDecimal quotient(BigDecimal numerator, BigDecimal denominator) {
        if (Complex.of(denominator).isNear(Complex.of(BigDecimal.ZERO))) {
            throw Undecided.noValue();
        }
        return numerator.divide(denominator, Elementary.PRECISION);
    }

    private static BigDecimal realValue(Complex x) {
        if (!x.isReal()) {
            throw Undecided.noValue();
        }
        return x.re();
    }

    private static Complex tanh(Complex x) {
        Complex up = x.exp();
        Complex down = x.negate().exp();
        return up.minus(down).over(up.plus(down));
    }

    private Complex factorial(Complex x) {
        int n = count(x);
        steps.spend(n);
        Complex product = Complex.ONE;
        for (int i = 2; i <= n; i++) {
            product = product.times(Complex.of(BigDecimal.valueOf(i)));
        }
        return product;
    }

    private Complex binomial(Complex of, Complex choose) {
        int k = count(choose);
        steps.spend(3L * k);
        Complex product = Complex.ONE;
        for (int i = 0; i < k; i++) {
            Complex factor = of.minus(Complex.of(BigDecimal.valueOf(i)));
            product = product.times(factor).over(Complex.of(BigDecimal.valueOf(i + 1L)));
        }
        return product;
    }

    private static int count(Complex x) {
        BigDecimal value = realValue(x);
        boolean counts = value.signum() >= 0
                && value.compareTo(BigDecimal.valueOf(MOST_FACTORIAL)) <= 0
                && value.stripTrailingZeros().scale() <= 0;
        if (!counts) {
            throw Undecided.noValue();
        }
        return value.intValue();
    }
}
