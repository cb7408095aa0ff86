package dev.caravan.verify.maths;

import dev.caravan.verify.maths.Expression.Difference;
import dev.caravan.verify.maths.Expression.Listing;
import dev.caravan.verify.maths.Expression.Ratio;
import dev.caravan.verify.maths.Expression.Relation;
import dev.caravan.verify.maths.Expression.Sign;
import dev.caravan.verify.maths.Expression.Union;
import dev.caravan.verify.maths.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads a whole answer: one statement or several, each of them a formula, a set, or a chain of relations.
final class AnswerReader {
    static final int LONGEST = 3_000;
    private static final Set<String> CLOSING = Set.of(")", "]", "}", "\\}");
    private static final Set<String> ARROWS = Set.of(
            "to",
            "rightarrow",
            "Rightarrow",
            "implies",
            "longrightarrow",
            "iff",
            "Longrightarrow",
            "Leftrightarrow",
            "longmapsto");

    private final Tokens tokens;
    private final FormulaReader formulas;
    private boolean inSet;

    private AnswerReader(List<Token> tokens) {
        this.tokens = new Tokens(tokens);
        this.formulas = new FormulaReader(this.tokens, this);
    }

    /// @param listed whether `100,200` is two answers rather than one number
    /// @throws Undecided when the text is no answer that can be read
    static Expression read(String text, boolean listed) {
        if (text.length() > LONGEST) {
            throw Undecided.unreadable();
        }
        return new AnswerReader(Lexer.tokens(Spelling.plain(text), listed)).whole();
    }

    private Expression whole() {
        List<Expression> items = items();
        while (tokens.skipSign(",") || tokens.skipSign(";")) {
            // a comma at the end of a sentence
        }
        if (!tokens.atEnd()) {
            throw Undecided.unreadable();
        }
        return items.size() == 1 ? items.getFirst() : new Listing(items);
    }

    /// Statements with separators between them.
    List<Expression> items() {
        tokens.enter();
        List<Expression> items = new ArrayList<>();
        items.add(statement());
        while (skipSeparators()) {
            items.add(statement());
        }
        tokens.leave();
        return List.copyOf(items);
    }

    /// As [#items], where a bar or a colon ends the first.
    List<Expression> members() {
        boolean before = inSet;
        inSet = true;
        List<Expression> items = formulas.beforeBar(this::items);
        inSet = before;
        return items;
    }

    private boolean skipSeparators() {
        int from = tokens.position();
        boolean skipped = false;
        while (tokens.peek().isSign(",")
                || tokens.peek().isSign(";")
                || tokens.peek().isCommand("vee")
                || tokens.peek().isCommand("lor")
                || tokens.peek().isCommand("land")
                || tokens.peek().isCommand("wedge")) {
            tokens.next();
            skipped = true;
        }
        if (skipped && isClosing(tokens.peek())) {
            tokens.moveTo(from);
            return false;
        }
        return skipped;
    }

    private static boolean isClosing(Token token) {
        return token.kind() == Kind.STOP || CLOSING.contains(token.text());
    }

    private Expression statement() {
        List<Expression> sides = new ArrayList<>();
        List<Sign> signs = new ArrayList<>();
        skipLeadingSign();
        sides.add(side());
        while (true) {
            if (isArrow(tokens.peek())) {
                tokens.next();
                sides.clear();
                signs.clear();
                sides.add(side());
            } else if (isRelation(tokens.peek())) {
                signs.add(sign());
                sides.add(side());
            } else if (tokens.skipCommand("pmod") || tokens.skipCommand("bmod")) {
                formulas.factor();
            } else {
                break;
            }
        }
        return signs.isEmpty() ? sides.getFirst() : new Relation(List.copyOf(sides), List.copyOf(signs));
    }

    /// `= 5` and `\approx 5` are what stands behind the name or the formula that is left out.
    private void skipLeadingSign() {
        Sign sign = isRelation(tokens.peek())
                ? Vocabulary.RELATIONS.get(tokens.peek().text())
                : null;
        if (sign == Sign.EQUAL || sign == Sign.ABOUT) {
            tokens.next();
        }
    }

    private static boolean isArrow(Token token) {
        return token.kind() == Kind.COMMAND && ARROWS.contains(token.text());
    }

    private static boolean isRelation(Token token) {
        boolean written = token.kind() == Kind.SIGN || token.kind() == Kind.COMMAND;
        return token.isCommand("not") || written && Vocabulary.RELATIONS.containsKey(token.text());
    }

    private Sign sign() {
        if (tokens.skipCommand("not")) {
            if (sign() != Sign.EQUAL) {
                throw Undecided.unreadable();
            }
            return Sign.NOT_EQUAL;
        }
        return Vocabulary.RELATIONS.getOrDefault(tokens.next().text(), Sign.EQUAL);
    }

    private Expression side() {
        Expression side = union();
        if (inSet || !tokens.peek().isSign(":") && !tokens.peek().isCommand("colon")) {
            return side;
        }
        List<Expression> parts = new ArrayList<>();
        parts.add(side);
        while (tokens.skipSign(":") || tokens.skipCommand("colon")) {
            parts.add(union());
        }
        return new Ratio(List.copyOf(parts));
    }

    private Expression union() {
        List<Expression> parts = new ArrayList<>();
        parts.add(formulas.sum());
        while (true) {
            if (tokens.skipCommand("cup")) {
                parts.add(formulas.sum());
            } else if (tokens.skipCommand("setminus") || tokens.skipCommand("backslash")) {
                tokens.nest();
                Expression whole = united(parts);
                parts.clear();
                parts.add(new Difference(whole, formulas.sum()));
            } else {
                return united(parts);
            }
        }
    }

    private static Expression united(List<Expression> parts) {
        return parts.size() == 1 ? parts.getFirst() : new Union(List.copyOf(parts));
    }
}
