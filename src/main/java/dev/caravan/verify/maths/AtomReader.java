package dev.caravan.verify.maths;

import dev.caravan.verify.maths.Expression.Apply;
import dev.caravan.verify.maths.Expression.Constant;
import dev.caravan.verify.maths.Expression.Function;
import dev.caravan.verify.maths.Expression.Matrix;
import dev.caravan.verify.maths.Expression.Members;
import dev.caravan.verify.maths.Expression.Power;
import dev.caravan.verify.maths.Expression.Quotient;
import dev.caravan.verify.maths.Expression.Relation;
import dev.caravan.verify.maths.Expression.Symbol;
import dev.caravan.verify.maths.Expression.Tuple;
import dev.caravan.verify.maths.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads what a formula is built of: numbers, names, fractions, roots, functions, brackets, tables.
final class AtomReader {
    private static final Set<String> TABLES =
            Set.of("pmatrix", "bmatrix", "matrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "array");
    private static final Expression TEN = Expression.Number.of(10);

    private final Tokens tokens;
    private final AnswerReader answers;
    private final FormulaReader formulas;
    private final FactorReader factors;

    AtomReader(Tokens tokens, AnswerReader answers, FormulaReader formulas, FactorReader factors) {
        this.tokens = tokens;
        this.answers = answers;
        this.formulas = formulas;
        this.factors = factors;
    }

    Expression atom() {
        tokens.enter();
        Expression atom = read(tokens.peek());
        tokens.leave();
        return atom;
    }

    private Expression read(Token token) {
        return switch (token.kind()) {
            case NUMBER -> number();
            case LETTER -> FactorReader.letter(tokens.next().text());
            case WORDS -> factors.words();
            case COMMAND -> command(tokens.next().text());
            case BEGIN -> table();
            case SIGN -> bracketed(tokens.next().text());
            case END, STOP -> throw Undecided.unreadable();
        };
    }

    private Expression number() {
        String digits = tokens.next().text();
        Token token = tokens.peek();
        boolean repeats = token.isCommand("overline") || token.isCommand("bar") || token.isCommand("dot");
        if (digits.indexOf('.') < 0 || !repeats) {
            return Literals.of(digits.endsWith(".") ? digits + "0" : digits);
        }
        tokens.next();
        int from = tokens.position();
        argument();
        String period = factors.spelled(from, tokens.position());
        if (!period.chars().allMatch(Character::isDigit)) {
            throw Undecided.unreadable();
        }
        return Literals.repeating(digits, period);
    }

    /// The argument of a command: a group in braces, one digit, or one atom.
    Expression argument() {
        if (tokens.peek().kind() == Kind.NUMBER) {
            return Literals.of(tokens.nextDigit());
        }
        return atom();
    }

    private Expression command(String name) {
        if (Vocabulary.FRACTIONS.contains(name)) {
            Expression numerator = argument();
            return new Quotient(numerator, argument());
        }
        if (Vocabulary.BINOMIALS.contains(name)) {
            Expression of = argument();
            return new Apply(Function.BINOMIAL, List.of(of, argument()));
        }
        if (Vocabulary.FUNCTIONS.containsKey(name)) {
            return function(name);
        }
        if (Vocabulary.ACCENTS.contains(name)) {
            int from = tokens.position();
            argument();
            return new Symbol(name + " " + factors.spelled(from, tokens.position()));
        }
        return switch (name) {
            case "sqrt" -> root();
            case "wholesqrt" -> squareRoot(atom());
            case "pi" -> Constant.PI;
            case "infty", "infinity" -> Constant.INFINITY;
            case "emptyset", "varnothing" -> new Members(List.of());
            case "lvert" -> absolute("rvert");
            case "lVert" -> absolute("rVert");
            case "lfloor" -> enclosed(Function.FLOOR, "rfloor");
            case "lceil" -> enclosed(Function.CEILING, "rceil");
            case "langle" -> vector();
            case "lbrace" -> throw Undecided.unreadable();
            case "angle", "triangle", "measuredangle", "overparen" -> new Symbol(name + " " + name());
            default -> new Symbol(name);
        };
    }

    /// Letters that stand together, as the name of an angle.
    private String name() {
        int from = tokens.position();
        while (tokens.peek().kind() == Kind.LETTER || tokens.peek().kind() == Kind.WORDS) {
            tokens.next();
        }
        return factors.spelled(from, tokens.position());
    }

    private Expression root() {
        Expression index = Expression.Number.of(2);
        if (tokens.skipSign("[")) {
            index = formulas.sum();
            tokens.expectSign("]");
        }
        Expression radicand = argument();
        return index.equals(Expression.Number.of(2))
                ? squareRoot(radicand)
                : new Power(radicand, new Quotient(Expression.Number.of(1), index));
    }

    private static Expression squareRoot(Expression radicand) {
        return new Power(radicand, new Expression.Number(Rational.of(2).reciprocal()));
    }

    private Expression function(String name) {
        Function function = Vocabulary.FUNCTIONS.getOrDefault(name, Function.LN);
        Expression base = function == Function.LOG && tokens.skipSign("_") ? index() : TEN;
        boolean inverse = false;
        Expression power = Expression.Number.of(1);
        if (tokens.skipSign("^")) {
            power = factors.exponent();
            inverse = Vocabulary.INVERSES.containsKey(name) && power.equals(Expression.Number.of(-1));
        }
        Expression argument = functionArgument();
        Function meant = inverse ? Vocabulary.INVERSES.getOrDefault(name, function) : function;
        Expression applied = new Apply(meant, function == Function.LOG ? List.of(base, argument) : List.of(argument));
        return inverse || power.equals(Expression.Number.of(1)) ? applied : new Power(applied, power);
    }

    /// A round bracket is the whole argument, and a power behind it one of the function; a power behind a brace is
    /// the argument's, for braces are not seen: `\sin(x)^2` but `\sin{x}^2`.
    private Expression functionArgument() {
        if (tokens.peek().isSign("(")) {
            return atom();
        }
        if (!tokens.peek().isSign("{")) {
            return formulas.bareArgument();
        }
        Expression argument = atom();
        return tokens.skipSign("^") ? new Power(argument, factors.exponent()) : argument;
    }

    /// `\log_23` is the logarithm of 3, but `\log_{23}` has the base 23, and so has `\log_10 x` the base 10.
    private Expression index() {
        Token number = tokens.peek();
        boolean whole = number.isSign("{") || number.kind() != Kind.NUMBER || formulas.startsFactor(tokens.peek(1));
        return whole ? atom() : argument();
    }

    private Expression absolute(String close) {
        return enclosed(Function.ABS, close);
    }

    private Expression enclosed(Function function, String close) {
        Expression inside = formulas.sum();
        if (!tokens.skipCommand(close)) {
            throw Undecided.unreadable();
        }
        return new Apply(function, List.of(inside));
    }

    private Expression vector() {
        List<Expression> items = answers.items();
        if (!tokens.skipCommand("rangle")) {
            throw Undecided.unreadable();
        }
        return new Tuple('(', items, ')');
    }

    private Expression bracketed(String open) {
        return switch (open) {
            case "(", "[" -> tupleOrGroup(open);
            case "{" -> group();
            case "\\{" -> set();
            case "|" -> {
                Expression inside = formulas.beforeBar(formulas::sum);
                tokens.expectSign("|");
                yield new Apply(Function.ABS, List.of(inside));
            }
            default -> throw Undecided.unreadable();
        };
    }

    private Expression tupleOrGroup(String open) {
        List<Expression> items = answers.items();
        String close = tokens.next().text();
        if (!close.equals(")") && !close.equals("]")) {
            throw Undecided.unreadable();
        }
        return items.size() == 1 ? items.getFirst() : new Tuple(open.charAt(0), items, close.charAt(0));
    }

    private Expression group() {
        List<Expression> items = answers.items();
        if (tokens.skipCommand("choose") && items.size() == 1) {
            Expression choose = formulas.sum();
            tokens.expectSign("}");
            return new Apply(Function.BINOMIAL, List.of(items.getFirst(), choose));
        }
        if (tokens.skipCommand("over") && items.size() == 1) {
            Expression denominator = formulas.sum();
            tokens.expectSign("}");
            return new Quotient(items.getFirst(), denominator);
        }
        tokens.expectSign("}");
        return items.size() == 1 ? items.getFirst() : new Tuple('(', items, ')');
    }

    /// Members one by one, or, behind a bar or a colon, by a condition.
    private Expression set() {
        if (tokens.skipSign("\\}")) {
            return new Members(List.of());
        }
        List<Expression> items = answers.members();
        if (items.size() == 1 && (tokens.skipSign("|") || tokens.skipSign(":") || tokens.skipCommand("mid"))) {
            List<Expression> conditions = answers.items();
            tokens.expectSign("\\}");
            if (conditions.size() != 1 || !(conditions.getFirst() instanceof Relation)) {
                throw Undecided.unreadable();
            }
            return conditions.getFirst();
        }
        tokens.expectSign("\\}");
        return new Members(items);
    }

    private Expression table() {
        if (!TABLES.contains(tokens.next().text())) {
            throw Undecided.unreadable();
        }
        List<List<Expression>> rows = new ArrayList<>();
        while (tokens.peek().kind() != Kind.END) {
            rows.add(row());
            if (!tokens.skipSign("\\\\") && tokens.peek().kind() != Kind.END) {
                throw Undecided.unreadable();
            }
        }
        tokens.next();
        if (rows.isEmpty()
                || rows.stream().anyMatch(row -> row.size() != rows.getFirst().size())) {
            throw Undecided.unreadable();
        }
        return new Matrix(List.copyOf(rows));
    }

    private List<Expression> row() {
        List<Expression> cells = new ArrayList<>();
        do {
            cells.add(formulas.sum());
        } while (tokens.skipSign("&"));
        return List.copyOf(cells);
    }
}
