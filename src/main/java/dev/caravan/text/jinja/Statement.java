package dev.caravan.text.jinja;

import java.util.List;
import java.util.Optional;

/// What a template does, as a tree.
sealed interface Statement {
    record Text(String text) implements Statement {}

    /// `{{ value }}`
    record Output(Expression value) implements Statement {}

    record If(List<Branch> branches, List<Statement> otherwise) implements Statement {}

    record Branch(Expression condition, List<Statement> body) {}

    record For(
            Target target,
            Expression items,
            Optional<Expression> condition,
            List<Statement> body,
            List<Statement> otherwise)
            implements Statement {}

    /// The names that a value is bound to; several unpack it.
    record Target(List<String> names) {}

    record Set(Target target, Expression value) implements Statement {}

    /// `{% set namespace.attribute = value %}`
    record SetAttribute(String namespace, String attribute, Expression value) implements Statement {}

    /// `{% set name | filters %} … {% endset %}`
    record SetBlock(String name, List<AppliedFilter> filters, List<Statement> body) implements Statement {}

    record AppliedFilter(String name, Expression.ArgumentList arguments) {}

    /// `{% filter name %} … {% endfilter %}`
    record FilterBlock(List<AppliedFilter> filters, List<Statement> body) implements Statement {}

    record Macro(String name, List<Parameter> parameters, List<Statement> body) implements Statement {}

    record Parameter(String name, Optional<Expression> defaultValue) {}

    /// `{% call(parameters) call %} … {% endcall %}`: the body becomes `caller` inside.
    record CallBlock(List<Parameter> parameters, Expression.Call call, List<Statement> body) implements Statement {}

    /// `{% with name = value, … %} … {% endwith %}`
    record With(List<Set> assignments, List<Statement> body) implements Statement {}

    /// `{% generation %} … {% endgeneration %}`: what a model is to learn.
    record Generation(List<Statement> body) implements Statement {}

    record Break() implements Statement {}

    record Continue() implements Statement {}
}
