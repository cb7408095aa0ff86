package dev.caravan.verify.maths;

import dev.caravan.verify.maths.Expression.Constant;
import dev.caravan.verify.maths.Expression.Decimal;
import dev.caravan.verify.maths.Expression.Product;
import dev.caravan.verify.maths.Expression.Quotient;
import dev.caravan.verify.maths.Expression.Sum;
import dev.caravan.verify.maths.Expression.Symbol;
import dev.caravan.verify.maths.Expression.Words;
import dev.caravan.verify.maths.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Reads sums, products and powers, by recursive descent.
final class FormulaReader {
    private static final Set<String> TIMES = Set.of("cdot", "times", "ast", "cdotp");
    private static final Set<String> OPENING = Set.of("(", "[", "{", "\\{");
    private static final Set<String> NO_FACTORS = Set.of(
            "cup",
            "cap",
            "setminus",
            "backslash",
            "pm",
            "mp",
            "div",
            "to",
            "rightarrow",
            "Rightarrow",
            "implies",
            "mid",
            "colon",
            "choose",
            "rvert",
            "rfloor",
            "rceil",
            "rangle",
            "longrightarrow",
            "iff",
            "vee",
            "wedge",
            "lor",
            "land",
            "over",
            "ldots",
            "dots",
            "cdots",
            "not",
            "pmod",
            "bmod",
            "mod",
            "rbrace",
            "Longrightarrow",
            "Leftrightarrow",
            "rVert",
            "degree",
            "circ",
            "neg",
            "forall",
            "exists",
            "sum",
            "prod",
            "int",
            "lim",
            "perp",
            "parallel",
            "cong");

    private final Tokens tokens;
    private final FactorReader factors;
    private int bars; // how many absolute values are open

    FormulaReader(Tokens tokens, AnswerReader answers) {
        this.tokens = tokens;
        this.factors = new FactorReader(tokens, answers, this);
    }

    Expression sum() {
        tokens.enter();
        List<Expression> terms = new ArrayList<>();
        terms.add(signed());
        while (isAdditive(tokens.peek())) {
            terms.add(signed());
        }
        tokens.leave();
        return terms.size() == 1 ? terms.getFirst() : new Sum(List.copyOf(terms));
    }

    private static boolean isAdditive(Token token) {
        return token.isSign("+") || token.isSign("-") || token.isCommand("pm") || token.isCommand("mp");
    }

    private Expression signed() {
        tokens.enter();
        Expression term;
        if (tokens.skipSign("+")) {
            term = signed();
        } else if (tokens.skipSign("-")) {
            term = negated(signed());
        } else if (tokens.skipCommand("pm")) {
            term = new Product(List.of(Constant.PLUS_MINUS, signed()));
        } else if (tokens.skipCommand("mp")) {
            term = new Product(List.of(Constant.MINUS_PLUS, signed()));
        } else {
            term = product();
        }
        tokens.leave();
        return term;
    }

    static Expression negated(Expression expression) {
        return switch (expression) {
            case Expression.Number(Rational value) -> new Expression.Number(value.negate());
            case Decimal(Rational value, int places) -> new Decimal(value.negate(), places);
            default -> new Product(List.of(Expression.Number.of(-1), expression));
        };
    }

    private Expression product() {
        Expression product = factor();
        while (true) {
            Token token = tokens.peek();
            if (token.isSign("*") || token.kind() == Kind.COMMAND && TIMES.contains(token.text())) {
                tokens.next();
                product = times(product, signedFactor());
            } else if (token.isSign("/") || token.isCommand("div")) {
                tokens.next();
                tokens.nest();
                product = over(product);
            } else if (token.kind() == Kind.WORDS && !(product instanceof Symbol)) {
                skipUnit();
            } else if (startsFactor(token)) {
                if (product instanceof Words) {
                    throw Undecided.unreadable();
                }
                product = juxtaposed(product);
            } else {
                return product;
            }
        }
    }

    /// A quotient, or a rate such as `km/h` whose second part has no value.
    private Expression over(Expression numerator) {
        if (tokens.peek().kind() == Kind.WORDS) {
            skipUnit();
            return numerator;
        }
        return new Quotient(numerator, signedFactor());
    }

    private void skipUnit() {
        tokens.next();
        if (tokens.skipSign("^")) {
            factors.argument();
        }
        boolean rate = tokens.peek().isSign("/") && tokens.peek(1).kind() != Kind.NUMBER;
        if (rate && (tokens.peek(1).kind() == Kind.LETTER || tokens.peek(1).kind() == Kind.WORDS)) {
            tokens.next();
            skipUnit();
        }
    }

    private Expression signedFactor() {
        tokens.enter();
        boolean negative = tokens.skipSign("-");
        if (!negative) {
            tokens.skipSign("+");
        }
        Expression factor = factor();
        tokens.leave();
        return negative ? negated(factor) : factor;
    }

    static Expression times(Expression left, Expression right) {
        List<Expression> factors = new ArrayList<>();
        if (left instanceof Product(List<Expression> before)) {
            factors.addAll(before);
        } else {
            factors.add(left);
        }
        factors.add(right);
        return new Product(List.copyOf(factors));
    }

    /// Side by side means times, but for `3\frac{1}{2}` and `3 1/2`.
    private Expression juxtaposed(Expression left) {
        boolean integer = tokens.peek(-1).kind() == Kind.NUMBER
                && left instanceof Expression.Number(Rational value)
                && value.isInteger();
        Token token = tokens.peek();
        if (token.kind() == Kind.NUMBER && !standsApart(token)) {
            return mixed(left, integer);
        }
        boolean fraction = token.kind() == Kind.COMMAND && Vocabulary.FRACTIONS.contains(token.text());
        Expression right = factor();
        return integer && fraction && isProperFraction(right) ? new Sum(List.of(left, right)) : times(left, right);
    }

    /// Whether a number is a factor of its own: behind a closing bracket, or behind white space and no number.
    private boolean standsApart(Token number) {
        Token before = tokens.peek(-1);
        boolean closed = before.isSign(")") || before.isSign("]") || before.isSign("}");
        return closed || number.spaced() && before.kind() != Kind.NUMBER;
    }

    private Expression mixed(Expression whole, boolean integer) {
        Expression numerator = factor();
        if (!integer || !tokens.peek().isSign("/") || tokens.peek(1).kind() != Kind.NUMBER) {
            throw Undecided.unreadable();
        }
        tokens.next();
        Expression fraction = new Quotient(numerator, factor());
        if (!isProperFraction(fraction)) {
            throw Undecided.unreadable();
        }
        return new Sum(List.of(whole, fraction));
    }

    private static boolean isProperFraction(Expression expression) {
        return expression
                        instanceof
                        Quotient(Expression.Number(Rational numerator), Expression.Number(Rational denominator))
                && numerator.isInteger()
                && denominator.isInteger()
                && numerator.signum() >= 0
                && numerator.compareTo(denominator) < 0;
    }

    /// One factor of a product.
    Expression factor() {
        return factors.factor();
    }

    boolean startsFactor(Token token) {
        return switch (token.kind()) {
            case NUMBER, LETTER, BEGIN -> true;
            case COMMAND ->
                !NO_FACTORS.contains(token.text())
                        && !Vocabulary.RELATIONS.containsKey(token.text())
                        && !TIMES.contains(token.text());
            case SIGN -> OPENING.contains(token.text()) || token.isSign("|") && bars == 0;
            case WORDS, END, STOP -> false;
        };
    }

    /// Reads something that a bar ends.
    <T> T beforeBar(Supplier<T> read) {
        bars++;
        T inside = read.get();
        bars--;
        return inside;
    }

    /// The argument of a function that is written without brackets: factors up to a sign or to another function.
    Expression bareArgument() {
        tokens.enter();
        boolean negative = tokens.skipSign("-");
        Expression argument = factor();
        boolean bracketed = false;
        while (!bracketed && startsFactor(tokens.peek()) && !startsFunction(tokens.peek())) {
            bracketed = tokens.peek().isSign("(");
            if (!bracketed) {
                argument = juxtaposed(argument);
            }
        }
        if (tokens.peek().isSign("/") && tokens.peek(1).kind() == Kind.NUMBER) {
            tokens.next();
            argument = new Quotient(argument, factor());
        }
        tokens.leave();
        return negative ? negated(argument) : argument;
    }

    private static boolean startsFunction(Token token) {
        return token.kind() == Kind.COMMAND && Vocabulary.FUNCTIONS.containsKey(token.text());
    }
}
