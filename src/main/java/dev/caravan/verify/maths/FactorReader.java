package dev.caravan.verify.maths;

import dev.caravan.text.Lowercase;
import dev.caravan.verify.maths.Expression.Apply;
import dev.caravan.verify.maths.Expression.Constant;
import dev.caravan.verify.maths.Expression.Function;
import dev.caravan.verify.maths.Expression.Power;
import dev.caravan.verify.maths.Expression.Symbol;
import dev.caravan.verify.maths.Expression.Words;
import dev.caravan.verify.maths.Token.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads atoms with what is written behind them, and answers in words.
final class FactorReader {
    private static final Pattern LEADS_UP =
            Pattern.compile("(?:^|\\s)(?:is|are|equals|about|approximately|of)$", Pattern.CASE_INSENSITIVE);

    private final Tokens tokens;
    private final FormulaReader formulas;
    private final AtomReader atoms;

    FactorReader(Tokens tokens, AnswerReader answers, FormulaReader formulas) {
        this.tokens = tokens;
        this.formulas = formulas;
        this.atoms = new AtomReader(tokens, answers, formulas, this);
    }

    /// The argument of a command, which may be one digit.
    Expression argument() {
        return atoms.argument();
    }

    /// An atom with what is written behind it: powers, factorials, marks, an index.
    Expression factor() {
        tokens.enter();
        Token first = tokens.peek();
        Expression value = atoms.atom();
        while (true) {
            Token token = tokens.peek();
            if (token.isSign("^")) {
                tokens.next();
                tokens.nest();
                value = raised(value);
            } else if (token.isSign("!")) {
                tokens.next();
                tokens.nest();
                value = new Apply(Function.FACTORIAL, List.of(value));
            } else if (token.isSign("%")) {
                tokens.next();
                value = FormulaReader.times(value, Constant.PERCENT);
            } else if (token.isSign("°") || token.isCommand("degree") || token.isCommand("circ")) {
                tokens.next();
                value = FormulaReader.times(value, Constant.DEGREE);
                skipTemperatureScale();
            } else if (token.isSign("_")) {
                tokens.next();
                value = indexed(value, first);
            } else if (token.isSign("'") && value instanceof Symbol(String name)) {
                tokens.next();
                value = new Symbol(name + "'");
            } else {
                tokens.leave();
                return value;
            }
        }
    }

    private void skipMark(boolean group) {
        tokens.next();
        if (group) {
            tokens.next();
            tokens.expectSign("}");
        }
    }

    private void skipTemperatureScale() {
        if (tokens.peek().is(Kind.LETTER, "C") || tokens.peek().is(Kind.LETTER, "F")) {
            tokens.next();
        }
    }

    private Expression raised(Expression base) {
        boolean group = tokens.peek().isSign("{");
        Token mark = tokens.peek(group ? 1 : 0);
        if (mark.isCommand("circ") || mark.isSign("°")) {
            skipMark(group);
            skipTemperatureScale();
            return FormulaReader.times(base, Constant.DEGREE);
        }
        if (mark.isCommand("prime") && base instanceof Symbol(String name)) {
            skipMark(group);
            return new Symbol(name + "'");
        }
        if (group && mark.kind() == Kind.WORDS) { // an ordinal number
            atoms.argument();
            return base;
        }
        return new Power(base, exponent());
    }

    /// A group, or one signed atom; `2^3^2` is `2^9`.
    Expression exponent() {
        tokens.enter();
        boolean negative = tokens.skipSign("-");
        Expression atom = tokens.peek().isSign("{") ? atoms.argument() : atoms.atom();
        Expression exponent = tokens.skipSign("^") ? new Power(atom, exponent()) : atom;
        tokens.leave();
        return negative ? FormulaReader.negated(exponent) : exponent;
    }

    /// An index makes a new name of a symbol, and tells the base of a number.
    private Expression indexed(Expression value, Token written) {
        String index = index();
        if (written.kind() == Kind.NUMBER && value instanceof Expression.Number) {
            return base(index)
                    .flatMap(base -> Literals.toBase(written.text(), base))
                    .orElseThrow(Undecided::unreadable);
        }
        if (value instanceof Symbol(String name)) {
            return new Symbol(name + "_" + index);
        }
        throw Undecided.unreadable();
    }

    private static Optional<Integer> base(String index) {
        return index.matches("[0-9]{1,2}") ? Optional.of(Integer.parseInt(index)) : Optional.empty();
    }

    private String index() {
        if (tokens.peek().kind() == Kind.NUMBER) {
            return tokens.next().text();
        }
        int from = tokens.position();
        atoms.argument();
        return spelled(from, tokens.position());
    }

    /// The tokens between two positions as one text, braces left out.
    String spelled(int from, int to) {
        var text = new StringBuilder();
        int here = tokens.position();
        tokens.moveTo(from);
        while (tokens.position() < to) {
            String token = tokens.next().text();
            text.append(token.equals("{") || token.equals("}") ? "" : token);
        }
        tokens.moveTo(here);
        return text.toString();
    }

    /// Words at the place of a formula: an answer in words, or something that is only said about the answer.
    Expression words() {
        String first = tokens.next().text();
        if (Vocabulary.HEDGES.contains(Lowercase.of(first)) && startsValue()) {
            return formulas.sum();
        }
        var text = new StringBuilder(first);
        while (tokens.peek().kind() == Kind.WORDS
                || tokens.peek().kind() == Kind.LETTER
                || tokens.peek().isSign("-") && tokens.peek(1).kind() == Kind.WORDS) {
            text.append(' ').append(tokens.next().text());
        }
        if (LEADS_UP.matcher(text).find() && startsValue()) {
            return formulas.sum();
        }
        return named(text.toString());
    }

    private boolean startsValue() {
        boolean signed = tokens.peek().isSign("-") || tokens.peek().isSign("+");
        return formulas.startsFactor(tokens.peek(signed ? 1 : 0));
    }

    private static Expression named(String text) {
        return text.length() == 1
                ? letter(text)
                : new Words(
                        Lowercase.of(text).replaceAll("[^\\p{L}\\p{N}]+", " ").strip());
    }

    static Expression letter(String letter) {
        return switch (letter) {
            case "e" -> Constant.E;
            case "i" -> Constant.I;
            default -> new Symbol(letter);
        };
    }
}
