package dev.caravan.text.jinja;

import dev.caravan.text.jinja.Token.Kind;
import java.util.List;

/// Tokens under a reading head.
final class TokenStream {
    private final List<Token> tokens;
    private int at;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(at);
    }

    Token ahead() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = current();
        if (token.kind() != Kind.END) at++;
        return token;
    }

    boolean is(Kind kind) {
        return current().kind() == kind;
    }

    boolean isOperator(String... operators) {
        for (String operator : operators) if (current().isOperator(operator)) return true;
        return false;
    }

    boolean skipOperator(String operator) {
        boolean found = current().isOperator(operator);
        if (found) at++;
        return found;
    }

    boolean skipName(String name) {
        boolean found = current().isName(name);
        if (found) at++;
        return found;
    }

    void needOperator(String operator) {
        if (!skipOperator(operator)) throw expected("'" + operator + "'");
    }

    void need(Kind kind, String description) {
        if (!is(kind)) throw expected(description);
        next();
    }

    String name() {
        if (!is(Kind.NAME)) throw expected("a name");
        return next().text();
    }

    TemplateException expected(String what) {
        Token token = current();
        String found = token.kind() == Kind.END ? "the end of the template" : describe(token);
        return error("expected " + what + ", found " + found);
    }

    private static String describe(Token token) {
        return switch (token.kind()) {
            case VARIABLE_END -> "}}";
            case BLOCK_END -> "%}";
            default -> "'" + token.text() + "'";
        };
    }

    TemplateException error(String message) {
        return TemplateException.syntax(current().line(), message);
    }
}
