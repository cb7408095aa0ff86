package dev.caravan.text.jinja;

import dev.caravan.text.jinja.Statement.AppliedFilter;
import dev.caravan.text.jinja.Statement.Branch;
import dev.caravan.text.jinja.Statement.Parameter;
import dev.caravan.text.jinja.Statement.Target;
import dev.caravan.text.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tokens → statements.
final class Parser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;

    private Parser(List<Token> list) {
        tokens = new TokenStream(list);
        expressions = new ExpressionParser(tokens);
    }

    static List<Statement> parse(String source, Whitespace whitespace) {
        var parser = new Parser(Lexer.tokens(source, whitespace));
        return parser.body(Set.of());
    }

    /// Statements up to a tag named in `ends`, which is left open behind its name; without ends, the whole template.
    private List<Statement> body(Set<String> ends) {
        var statements = new ArrayList<Statement>();
        while (!tokens.is(Kind.END)) {
            Token token = tokens.next();
            switch (token.kind()) {
                case TEXT -> statements.add(new Statement.Text(token.text()));
                case VARIABLE_BEGIN -> statements.add(output());
                default -> {
                    if (ends.contains(tokens.current().text())) return statements;
                    statements.add(tag(tokens.name()));
                }
            }
        }
        if (!ends.isEmpty()) throw tokens.error("a block is not closed; it needs " + String.join(" or ", ends));
        return statements;
    }

    private Statement output() {
        var output = new Statement.Output(expressions.tuple(true));
        tokens.need(Kind.VARIABLE_END, "}}");
        return output;
    }

    private Statement tag(String name) {
        return switch (name) {
            case "if" -> conditional();
            case "for" -> loop();
            case "set" -> assignment();
            case "macro" -> macro();
            case "call" -> callBlock();
            case "filter" -> filterBlock();
            case "with" -> with();
            case "generation" -> generation();
            case "break" -> closed(new Statement.Break());
            case "continue" -> closed(new Statement.Continue());
            default -> throw tokens.error("tag '" + name + "' is not known here");
        };
    }

    private Statement closed(Statement statement) {
        endTag();
        return statement;
    }

    private void endTag() {
        tokens.need(Kind.BLOCK_END, "%}");
    }

    /// The body up to `end`, its closing tag taken.
    private List<Statement> bodyThrough(String end) {
        endTag();
        List<Statement> body = body(Set.of(end));
        tokens.next();
        endTag();
        return body;
    }

    private Statement conditional() {
        var branches = new ArrayList<Branch>();
        List<Statement> otherwise = List.of();
        String end;
        do {
            Expression condition = expressions.tuple(false);
            endTag();
            branches.add(new Branch(condition, body(Set.of("elif", "else", "endif"))));
            end = tokens.name();
        } while (end.equals("elif"));
        if (end.equals("else")) otherwise = bodyThrough("endif");
        else endTag();
        return new Statement.If(branches, otherwise);
    }

    private Statement loop() {
        Target target = target();
        if (!tokens.skipName("in")) throw tokens.expected("'in'");
        Expression items = expressions.tuple(false);
        Optional<Expression> condition =
                tokens.skipName("if") ? Optional.of(expressions.expression()) : Optional.empty();
        if (tokens.current().isName("recursive")) throw tokens.error("recursive loops are not supported; use a macro");
        endTag();
        List<Statement> body = body(Set.of("else", "endfor"));
        boolean hasElse = tokens.name().equals("else");
        List<Statement> otherwise = hasElse ? bodyThrough("endfor") : List.of();
        if (!hasElse) endTag();
        return new Statement.For(target, items, condition, body, otherwise);
    }

    private Target target() {
        boolean parenthesised = tokens.skipOperator("(");
        var names = new ArrayList<>(List.of(tokens.name()));
        while (tokens.skipOperator(",")) names.add(tokens.name());
        if (parenthesised) tokens.needOperator(")");
        return new Target(names);
    }

    private Statement assignment() {
        if (tokens.ahead().isOperator(".")) return attributeAssignment();
        Target target = target();
        if (tokens.skipOperator("=")) return closed(new Statement.Set(target, expressions.tuple(true)));
        if (target.names().size() > 1) throw tokens.expected("'='");
        List<AppliedFilter> filters = filters();
        return new Statement.SetBlock(target.names().getFirst(), filters, bodyThrough("endset"));
    }

    private Statement attributeAssignment() {
        String namespace = tokens.name();
        tokens.needOperator(".");
        String attribute = tokens.name();
        tokens.needOperator("=");
        return closed(new Statement.SetAttribute(namespace, attribute, expressions.tuple(true)));
    }

    private List<AppliedFilter> filters() {
        var filters = new ArrayList<AppliedFilter>();
        while (tokens.skipOperator("|")) filters.add(filter());
        return filters;
    }

    private AppliedFilter filter() {
        return new AppliedFilter(tokens.name(), expressions.optionalArguments());
    }

    private Statement filterBlock() {
        var filters = new ArrayList<>(List.of(filter()));
        filters.addAll(filters());
        return new Statement.FilterBlock(filters, bodyThrough("endfilter"));
    }

    private Statement macro() {
        String name = tokens.name();
        List<Parameter> parameters = parameters();
        return new Statement.Macro(name, parameters, bodyThrough("endmacro"));
    }

    private List<Parameter> parameters() {
        tokens.needOperator("(");
        var parameters = new ArrayList<Parameter>();
        while (!tokens.isOperator(")")) {
            String name = tokens.name();
            boolean hasDefault = tokens.skipOperator("=");
            parameters.add(new Parameter(name, hasDefault ? Optional.of(expressions.expression()) : Optional.empty()));
            if (!tokens.skipOperator(",")) break;
        }
        tokens.needOperator(")");
        return parameters;
    }

    private Statement callBlock() {
        List<Parameter> parameters = tokens.isOperator("(") ? parameters() : List.of();
        if (!(expressions.expression() instanceof Expression.Call call)) {
            throw tokens.error("a call block needs a call");
        }
        return new Statement.CallBlock(parameters, call, bodyThrough("endcall"));
    }

    private Statement with() {
        var assignments = new ArrayList<Statement.Set>();
        while (!tokens.is(Kind.BLOCK_END)) {
            Target target = target();
            tokens.needOperator("=");
            assignments.add(new Statement.Set(target, expressions.expression()));
            if (!tokens.skipOperator(",")) break;
        }
        return new Statement.With(assignments, bodyThrough("endwith"));
    }

    private Statement generation() {
        return new Statement.Generation(bodyThrough("endgeneration"));
    }
}
