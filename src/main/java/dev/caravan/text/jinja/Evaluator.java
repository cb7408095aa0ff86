package dev.caravan.text.jinja;

import dev.caravan.text.jinja.Expression.ArgumentList;
import dev.caravan.text.jinja.Value.Text;
import dev.caravan.text.jinja.Value.Undefined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Works expressions out.
final class Evaluator {
    private final Limits limits;

    Evaluator(Limits limits) {
        this.limits = limits;
    }

    Value evaluate(Expression expression, Scope scope) {
        limits.step();
        return switch (expression) {
            case Expression.Literal(Value value) -> value;
            case Expression.Name(String name) -> scope.get(name);
            case Expression.ListOf list -> new Value.Array(List.copyOf(all(list.items(), scope)), list.tuple());
            case Expression.DictOf dict -> dict(dict, scope);
            case Expression.Attribute(Expression target, String name) ->
                Members.attribute(evaluate(target, scope), name);
            case Expression.Item(Expression target, Expression key) ->
                Members.item(evaluate(target, scope), evaluate(key, scope));
            case Expression.Slice slice -> slice(slice, scope);
            case Expression.Call(Expression target, ArgumentList arguments) ->
                call(evaluate(target, scope), arguments(arguments, scope));
            case Expression.Filter(Expression target, String name, ArgumentList arguments) ->
                Filters.apply(name, evaluate(target, scope), arguments(arguments, scope));
            case Expression.Test(Expression target, String name, ArgumentList arguments) ->
                Value.of(Tests.holds(name, evaluate(target, scope), arguments(arguments, scope)));
            case Expression.Concatenation(List<Expression> parts) -> concatenate(all(parts, scope));
            case Expression.Negative(Expression operand) -> Operators.negative(evaluate(operand, scope));
            case Expression.Positive(Expression operand) -> Operators.positive(evaluate(operand, scope));
            case Expression.Arithmetic(String operator, Expression left, Expression right) ->
                Operators.arithmetic(operator, evaluate(left, scope), evaluate(right, scope));
            case Expression.Comparison comparison -> Value.of(holds(comparison, scope));
            case Expression.Not(Expression operand) -> Value.of(!isTrue(operand, scope));
            case Expression.And(Expression left, Expression right) -> {
                Value first = evaluate(left, scope);
                yield Operators.isTrue(first) ? evaluate(right, scope) : first;
            }
            case Expression.Or(Expression left, Expression right) -> {
                Value first = evaluate(left, scope);
                yield Operators.isTrue(first) ? first : evaluate(right, scope);
            }
            case Expression.Conditional conditional -> choose(conditional, scope);
        };
    }

    boolean isTrue(Expression expression, Scope scope) {
        return Operators.isTrue(evaluate(expression, scope));
    }

    private List<Value> all(List<Expression> expressions, Scope scope) {
        var values = new ArrayList<Value>();
        for (Expression expression : expressions) values.add(evaluate(expression, scope));
        return values;
    }

    private Value dict(Expression.DictOf dict, Scope scope) {
        var entries = new LinkedHashMap<Value, Value>();
        for (Expression.Entry entry : dict.entries()) {
            entries.put(evaluate(entry.key(), scope), evaluate(entry.value(), scope));
        }
        return new Value.Dict(entries);
    }

    private Value slice(Expression.Slice slice, Scope scope) {
        return Members.slice(
                evaluate(slice.target(), scope),
                slice.start().map(bound -> evaluate(bound, scope)),
                slice.stop().map(bound -> evaluate(bound, scope)),
                slice.step().map(bound -> evaluate(bound, scope)));
    }

    private static Value concatenate(List<Value> parts) {
        var out = new TracedText.Builder();
        for (Value part : parts) out.append(Display.str(part));
        return new Text(out.build());
    }

    private boolean holds(Expression.Comparison comparison, Scope scope) {
        Value left = evaluate(comparison.first(), scope);
        for (Expression.Operand operand : comparison.rest()) {
            Value right = evaluate(operand.value(), scope);
            if (!Operators.holds(operand.operator(), left, right)) return false;
            left = right;
        }
        return true;
    }

    private Value choose(Expression.Conditional conditional, Scope scope) {
        if (isTrue(conditional.condition(), scope)) return evaluate(conditional.then(), scope);
        Optional<Expression> otherwise = conditional.otherwise();
        return otherwise.isPresent() ? evaluate(otherwise.get(), scope) : new Undefined("the else of an inline if");
    }

    static Value call(Value target, Arguments arguments) {
        return switch (target) {
            case Value.Callable callable -> callable.call(arguments);
            case Undefined(String what) -> throw TemplateException.runtime("'" + what + "' is undefined");
            default -> throw TemplateException.runtime(Operators.type(target) + " cannot be called");
        };
    }

    Arguments arguments(ArgumentList list, Scope scope) {
        List<Value> positional = all(list.positional(), scope);
        list.spread().ifPresent(spread -> positional.addAll(Operators.items(evaluate(spread, scope))));
        Map<String, Value> named = new LinkedHashMap<>();
        list.named().forEach((name, value) -> named.put(name, evaluate(value, scope)));
        return new Arguments(positional, named);
    }
}
