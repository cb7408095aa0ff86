package dev.caravan.text.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What stands inside `{{ … }}`, as a tree.
sealed interface Expression {
    record Literal(Value value) implements Expression {}

    record Name(String name) implements Expression {}

    record ListOf(List<Expression> items, boolean tuple) implements Expression {}

    record DictOf(List<Entry> entries) implements Expression {}

    record Entry(Expression key, Expression value) {}

    /// `target.name`
    record Attribute(Expression target, String name) implements Expression {}

    /// `target[key]`
    record Item(Expression target, Expression key) implements Expression {}

    /// `target[start:stop:step]`
    record Slice(Expression target, Optional<Expression> start, Optional<Expression> stop, Optional<Expression> step)
            implements Expression {}

    record Call(Expression target, ArgumentList arguments) implements Expression {}

    /// `target | name(arguments)`
    record Filter(Expression target, String name, ArgumentList arguments) implements Expression {}

    /// `target is name(arguments)`
    record Test(Expression target, String name, ArgumentList arguments) implements Expression {}

    record Not(Expression operand) implements Expression {}

    /// `-operand`
    record Negative(Expression operand) implements Expression {}

    /// `+operand`
    record Positive(Expression operand) implements Expression {}

    /// `+ - * / // % **`
    record Arithmetic(String operator, Expression left, Expression right) implements Expression {}

    /// `a ~ b ~ …`
    record Concatenation(List<Expression> parts) implements Expression {}

    /// `a < b <= c …`: true when every neighbouring pair compares so.
    record Comparison(Expression first, List<Operand> rest) implements Expression {}

    record Operand(String operator, Expression value) {}

    record And(Expression left, Expression right) implements Expression {}

    record Or(Expression left, Expression right) implements Expression {}

    /// `then if condition else otherwise`
    record Conditional(Expression condition, Expression then, Optional<Expression> otherwise) implements Expression {}

    /// @param spread a list whose items follow the positional arguments (`*list`)
    record ArgumentList(List<Expression> positional, Map<String, Expression> named, Optional<Expression> spread) {
        static final ArgumentList NONE = new ArgumentList(List.of(), Map.of(), Optional.empty());
    }
}
