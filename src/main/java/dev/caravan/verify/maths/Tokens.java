package dev.caravan.verify.maths;

import dev.caravan.verify.maths.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// A position in the tokens of an answer, with how deep the reader is in brackets.
final class Tokens {
    private static final int DEEPEST = 240;
    private static final int MOST_NESTED = 120;

    private final List<Token> tokens;
    private int at;
    private int depth;
    private int nested;

    Tokens(List<Token> tokens) {
        this.tokens = new ArrayList<>(tokens);
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    Token next() {
        Token token = peek();
        if (token.kind() != Kind.STOP) {
            at++;
        }
        return token;
    }

    boolean skipSign(String sign) {
        return skip(peek().isSign(sign));
    }

    boolean skipCommand(String name) {
        return skip(peek().isCommand(name));
    }

    private boolean skip(boolean met) {
        at += met ? 1 : 0;
        return met;
    }

    void expectSign(String sign) {
        if (!skipSign(sign)) {
            throw Undecided.unreadable();
        }
    }

    boolean atEnd() {
        return peek().kind() == Kind.STOP;
    }

    /// Takes the first digit of a number and leaves the others: `\frac12` has two arguments.
    String nextDigit() {
        Token number = peek();
        String first = number.text().substring(0, 1);
        if (number.text().length() == 1) {
            at++;
        } else {
            tokens.set(at, new Token(Kind.NUMBER, number.text().substring(1), false));
        }
        return first;
    }

    int position() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    void enter() {
        if (++depth > DEEPEST) {
            throw Undecided.unreadable();
        }
    }

    /// Counts what nests formulas without recursion, such as one quotient over another.
    void nest() {
        if (++nested > MOST_NESTED) {
            throw Undecided.unreadable();
        }
    }

    void leave() {
        depth--;
    }
}
