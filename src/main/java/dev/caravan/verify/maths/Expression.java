package dev.caravan.verify.maths;

import java.util.List;

/// An answer as it was read: a number, a formula, or what is built of them.
sealed interface Expression {
    record Number(Rational value) implements Expression {
        static Number of(long value) {
            return new Number(Rational.of(value));
        }
    }

    /// A number written with a decimal point.
    ///
    /// @param places digits behind the point
    record Decimal(Rational value, int places) implements Expression {}

    record Symbol(String name) implements Expression {}

    enum Constant implements Expression {
        PI,
        E,
        I,
        INFINITY,
        /// One hundredth, or nothing but a mark behind an answer.
        PERCENT,
        /// The 180th part of pi, or nothing but a mark behind an answer.
        DEGREE,
        /// One and minus one, in this order.
        PLUS_MINUS,
        /// Minus one and one, in this order.
        MINUS_PLUS
    }

    record Sum(List<Expression> terms) implements Expression {}

    record Product(List<Expression> factors) implements Expression {}

    record Quotient(Expression numerator, Expression denominator) implements Expression {}

    record Power(Expression base, Expression exponent) implements Expression {}

    enum Function {
        SIN,
        COS,
        TAN,
        COT,
        SEC,
        CSC,
        ARCSIN,
        ARCCOS,
        ARCTAN,
        SINH,
        COSH,
        TANH,
        EXP,
        /// Natural logarithm.
        LN,
        /// Logarithm of the second argument to the base of the first.
        LOG,
        ABS,
        FLOOR,
        CEILING,
        FACTORIAL,
        BINOMIAL
    }

    record Apply(Function function, List<Expression> arguments) implements Expression {}

    /// Coordinates in a fixed order, or an interval; the brackets are as they were written.
    record Tuple(char open, List<Expression> items, char close) implements Expression {}

    /// A set in braces.
    record Members(List<Expression> items) implements Expression {}

    /// Several answers side by side without brackets.
    record Listing(List<Expression> items) implements Expression {}

    record Union(List<Expression> parts) implements Expression {}

    record Difference(Expression whole, Expression without) implements Expression {}

    record Matrix(List<List<Expression>> rows) implements Expression {}

    record Ratio(List<Expression> parts) implements Expression {}

    enum Sign {
        EQUAL,
        LESS,
        AT_MOST,
        GREATER,
        AT_LEAST,
        NOT_EQUAL,
        ABOUT,
        IN
    }

    /// A chain such as `a < x <= b`: one sign between each two neighbours.
    record Relation(List<Expression> sides, List<Sign> signs) implements Expression {}

    /// An answer in words, lower case, single spaces.
    record Words(String text) implements Expression {}
}
