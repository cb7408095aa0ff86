package dev.caravan.text.jinja;

import dev.caravan.text.jinja.Expression.ArgumentList;
import dev.caravan.text.jinja.Expression.Operand;
import dev.caravan.text.jinja.Token.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Recursive descent over Jinja's expressions; each method is one level of precedence, the loosest first.
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");
    private static final Set<String> NO_TEST_ARGUMENT = Set.of("else", "or", "and", "if", "is", "not", "in");

    private final TokenStream tokens;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    /// One expression, or several with commas between them, which make a tuple.
    Expression tuple(boolean conditionals) {
        Expression first = conditionals ? expression() : or();
        if (!tokens.isOperator(",")) return first;
        var items = new ArrayList<>(List.of(first));
        while (tokens.skipOperator(",") && !endsTuple()) items.add(conditionals ? expression() : or());
        return new Expression.ListOf(items, true);
    }

    private boolean endsTuple() {
        return tokens.is(Kind.VARIABLE_END) || tokens.is(Kind.BLOCK_END) || tokens.isOperator(")");
    }

    Expression expression() {
        Expression then = or();
        while (tokens.skipName("if")) {
            Expression condition = or();
            Optional<Expression> otherwise = tokens.skipName("else") ? Optional.of(expression()) : Optional.empty();
            then = new Expression.Conditional(condition, then, otherwise);
        }
        return then;
    }

    private Expression or() {
        Expression left = and();
        while (tokens.skipName("or")) left = new Expression.Or(left, and());
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (tokens.skipName("and")) left = new Expression.And(left, not());
        return left;
    }

    private Expression not() {
        return tokens.skipName("not") ? new Expression.Not(not()) : comparison();
    }

    private Expression comparison() {
        Expression first = sum();
        var rest = new ArrayList<Operand>();
        for (String operator = comparator(); !operator.isEmpty(); operator = comparator()) {
            rest.add(new Operand(operator, sum()));
        }
        return rest.isEmpty() ? first : new Expression.Comparison(first, rest);
    }

    /// The comparison operator that stands here, taken, or an empty string.
    private String comparator() {
        if (tokens.is(Kind.OPERATOR) && COMPARISONS.contains(tokens.current().text()))
            return tokens.next().text();
        if (tokens.skipName("in")) return "in";
        if (!tokens.current().isName("not") || !tokens.ahead().isName("in")) return "";
        tokens.next();
        tokens.next();
        return "not in";
    }

    private Expression sum() {
        Expression left = concatenation();
        while (tokens.isOperator("+", "-")) {
            left = new Expression.Arithmetic(tokens.next().text(), left, concatenation());
        }
        return left;
    }

    private Expression concatenation() {
        Expression first = product();
        if (!tokens.isOperator("~")) return first;
        var parts = new ArrayList<>(List.of(first));
        while (tokens.skipOperator("~")) parts.add(product());
        return new Expression.Concatenation(parts);
    }

    private Expression product() {
        Expression left = power();
        while (tokens.isOperator("*", "/", "//", "%")) {
            left = new Expression.Arithmetic(tokens.next().text(), left, power());
        }
        return left;
    }

    private Expression power() {
        Expression left = unary(true);
        while (tokens.skipOperator("**")) left = new Expression.Arithmetic("**", left, unary(true));
        return left;
    }

    private Expression unary(boolean filters) {
        Expression operand;
        if (tokens.skipOperator("-")) operand = new Expression.Negative(unary(false));
        else if (tokens.skipOperator("+")) operand = new Expression.Positive(unary(false));
        else operand = primary();
        operand = postfix(operand);
        return filters ? filtersAndTests(operand) : operand;
    }

    private Expression primary() {
        Token token = tokens.current();
        return switch (token.kind()) {
            case NAME -> name(tokens.next().text());
            case STRING -> strings();
            case INTEGER ->
                new Expression.Literal(
                        new Value.Int(new BigInteger(tokens.next().text())));
            case REAL ->
                new Expression.Literal(
                        new Value.Real(Double.parseDouble(tokens.next().text())));
            case OPERATOR -> bracketed();
            default -> throw tokens.expected("an expression");
        };
    }

    private static Expression name(String name) {
        return switch (name) {
            case "true", "True" -> new Expression.Literal(Value.TRUE);
            case "false", "False" -> new Expression.Literal(Value.FALSE);
            case "none", "None" -> new Expression.Literal(Value.NONE);
            default -> new Expression.Name(name);
        };
    }

    /// Neighbouring strings are one.
    private Expression strings() {
        var text = new StringBuilder();
        while (tokens.is(Kind.STRING)) text.append(tokens.next().text());
        return new Expression.Literal(Value.of(text.toString()));
    }

    private Expression bracketed() {
        if (tokens.skipOperator("(")) return parenthesised();
        if (tokens.skipOperator("[")) return list();
        if (tokens.skipOperator("{")) return dict();
        throw tokens.expected("an expression");
    }

    private Expression parenthesised() {
        if (tokens.skipOperator(")")) return new Expression.ListOf(List.of(), true);
        Expression inner = tuple(true);
        tokens.needOperator(")");
        return inner;
    }

    private Expression list() {
        var items = new ArrayList<Expression>();
        while (!tokens.isOperator("]")) {
            items.add(expression());
            if (!tokens.skipOperator(",")) break;
        }
        tokens.needOperator("]");
        return new Expression.ListOf(items, false);
    }

    private Expression dict() {
        var entries = new ArrayList<Expression.Entry>();
        while (!tokens.isOperator("}")) {
            Expression key = expression();
            tokens.needOperator(":");
            entries.add(new Expression.Entry(key, expression()));
            if (!tokens.skipOperator(",")) break;
        }
        tokens.needOperator("}");
        return new Expression.DictOf(entries);
    }

    private Expression postfix(Expression target) {
        Expression result = target;
        while (true) {
            if (tokens.skipOperator(".")) result = dotted(result);
            else if (tokens.skipOperator("[")) result = subscript(result);
            else if (tokens.isOperator("(")) result = new Expression.Call(result, arguments());
            else return result;
        }
    }

    private Expression dotted(Expression target) {
        if (!tokens.is(Kind.INTEGER)) return new Expression.Attribute(target, tokens.name());
        var index = new Value.Int(new BigInteger(tokens.next().text()));
        return new Expression.Item(target, new Expression.Literal(index));
    }

    private Expression subscript(Expression target) {
        Optional<Expression> start = slicePart();
        if (start.isPresent() && tokens.skipOperator("]")) return new Expression.Item(target, start.get());
        tokens.needOperator(":");
        Optional<Expression> stop = slicePart();
        Optional<Expression> step = tokens.skipOperator(":") ? slicePart() : Optional.empty();
        tokens.needOperator("]");
        return new Expression.Slice(target, start, stop, step);
    }

    private Optional<Expression> slicePart() {
        return tokens.isOperator(":", "]") ? Optional.empty() : Optional.of(expression());
    }

    ArgumentList arguments() {
        tokens.needOperator("(");
        var positional = new ArrayList<Expression>();
        var named = new LinkedHashMap<String, Expression>();
        Optional<Expression> spread = Optional.empty();
        while (!tokens.isOperator(")")) {
            if (tokens.skipOperator("*")) spread = Optional.of(expression());
            else if (tokens.is(Kind.NAME) && tokens.ahead().isOperator("=")) named(named);
            else if (named.isEmpty()) positional.add(expression());
            else throw tokens.error("an argument without a name follows one with a name");
            if (!tokens.skipOperator(",")) break;
        }
        tokens.needOperator(")");
        return new ArgumentList(positional, named, spread);
    }

    private void named(LinkedHashMap<String, Expression> named) {
        String name = tokens.name();
        tokens.needOperator("=");
        named.put(name, expression());
    }

    private Expression filtersAndTests(Expression target) {
        Expression result = target;
        while (true) {
            if (tokens.skipOperator("|")) result = new Expression.Filter(result, tokens.name(), optionalArguments());
            else if (tokens.skipName("is")) result = test(result);
            else if (tokens.isOperator("(")) result = new Expression.Call(result, arguments());
            else return result;
        }
    }

    ArgumentList optionalArguments() {
        return tokens.isOperator("(") ? arguments() : ArgumentList.NONE;
    }

    private Expression test(Expression target) {
        boolean negated = tokens.skipName("not");
        var test = new Expression.Test(target, tokens.name(), testArguments());
        return negated ? new Expression.Not(test) : test;
    }

    /// `is divisibleby 2` is `is divisibleby(2)`.
    private ArgumentList testArguments() {
        if (tokens.isOperator("(")) return arguments();
        boolean argument = switch (tokens.current().kind()) {
            case NAME -> !NO_TEST_ARGUMENT.contains(tokens.current().text());
            case STRING, INTEGER, REAL -> true;
            default -> tokens.isOperator("[", "{");
        };
        if (!argument) return ArgumentList.NONE;
        return new ArgumentList(List.of(postfix(primary())), Map.of(), Optional.empty());
    }
}
