package dev.caravan.text.jinja;

import dev.caravan.text.jinja.Statement.AppliedFilter;
import dev.caravan.text.jinja.Statement.Parameter;
import dev.caravan.text.jinja.Statement.Target;
import dev.caravan.text.jinja.Value.Namespace;
import dev.caravan.text.jinja.Value.Text;
import dev.caravan.text.jinja.Value.Undefined;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Carries statements out, writing to a text.
final class Renderer {
    private final Limits limits = new Limits();
    private final Evaluator evaluator = new Evaluator(limits);

    /// What happens after a statement: the next one, or the end of the loop's round or of the loop.
    enum Flow {
        NEXT,
        CONTINUE,
        BREAK
    }

    Flow run(List<Statement> body, Scope scope, TracedText.Builder out) {
        for (Statement statement : body) {
            limits.step();
            Flow flow = run(statement, scope, out);
            if (flow != Flow.NEXT) return flow;
        }
        return Flow.NEXT;
    }

    private Flow run(Statement statement, Scope scope, TracedText.Builder out) {
        switch (statement) {
            case Statement.Text(String text) -> out.template(text);
            case Statement.Output(Expression value) -> out.append(Display.str(evaluator.evaluate(value, scope)));
            case Statement.If conditional -> {
                return conditional(conditional, scope, out);
            }
            case Statement.For loop -> {
                return loop(loop, scope, out);
            }
            case Statement.Set(Target target, Expression value) ->
                bind(scope, target, evaluator.evaluate(value, scope));
            case Statement.SetAttribute assignment -> setAttribute(assignment, scope);
            case Statement.SetBlock block ->
                scope.set(block.name(), filtered(block.filters(), capture(block.body(), scope), scope));
            case Statement.FilterBlock block ->
                out.append(Display.str(filtered(block.filters(), capture(block.body(), scope), scope)));
            case Statement.Macro macro -> scope.set(macro.name(), callable(macro.parameters(), macro.body(), scope));
            case Statement.CallBlock block -> callBlock(block, scope, out);
            case Statement.With with -> {
                return with(with, scope, out);
            }
            case Statement.Generation(List<Statement> body) ->
                out.append(capture(body, scope).inGeneration());
            case Statement.Break _ -> {
                return Flow.BREAK;
            }
            case Statement.Continue _ -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.NEXT;
    }

    private Flow conditional(Statement.If conditional, Scope scope, TracedText.Builder out) {
        for (Statement.Branch branch : conditional.branches()) {
            if (evaluator.isTrue(branch.condition(), scope)) return run(branch.body(), scope, out);
        }
        return run(conditional.otherwise(), scope, out);
    }

    private Flow loop(Statement.For loop, Scope scope, TracedText.Builder out) {
        List<Value> items = Operators.items(evaluator.evaluate(loop.items(), scope)).stream()
                .filter(item -> isChosen(loop, item, scope))
                .toList();
        if (items.isEmpty()) return run(loop.otherwise(), new Scope(scope), out);
        for (int i = 0; i < items.size(); i++) {
            var round = new Scope(scope);
            round.set("loop", loopState(items, i));
            bind(round, loop.target(), items.get(i));
            if (run(loop.body(), round, out) == Flow.BREAK) break;
        }
        return Flow.NEXT;
    }

    private boolean isChosen(Statement.For loop, Value item, Scope scope) {
        if (loop.condition().isEmpty()) return true;
        var inner = new Scope(scope);
        bind(inner, loop.target(), item);
        return evaluator.isTrue(loop.condition().get(), inner);
    }

    private static Value loopState(List<Value> items, int index) {
        int count = items.size();
        Map<String, Value> state = new HashMap<>();
        state.put("index", Value.of(index + 1));
        state.put("index0", Value.of(index));
        state.put("revindex", Value.of(count - index));
        state.put("revindex0", Value.of(count - index - 1));
        state.put("first", Value.of(index == 0));
        state.put("last", Value.of(index == count - 1));
        state.put("length", Value.of(count));
        state.put("previtem", index > 0 ? items.get(index - 1) : new Undefined("previtem"));
        state.put("nextitem", index < count - 1 ? items.get(index + 1) : new Undefined("nextitem"));
        state.put("cycle", (Value.Callable) arguments -> cycled(arguments, index));
        return new Namespace(state);
    }

    private static Value cycled(Arguments arguments, int index) {
        int choices = arguments.positional().size();
        if (choices == 0) throw TemplateException.runtime("loop.cycle needs something to cycle through");
        return arguments.positional().get(index % choices);
    }

    private static void bind(Scope scope, Target target, Value value) {
        List<String> names = target.names();
        if (names.size() == 1) {
            scope.set(names.getFirst(), value);
            return;
        }
        List<Value> parts = Operators.items(value);
        if (parts.size() != names.size()) {
            throw TemplateException.runtime("expected " + names.size() + " values to unpack, got " + parts.size());
        }
        for (int i = 0; i < names.size(); i++) scope.set(names.get(i), parts.get(i));
    }

    private void setAttribute(Statement.SetAttribute assignment, Scope scope) {
        if (!(scope.get(assignment.namespace()) instanceof Namespace namespace)) {
            throw TemplateException.runtime("'" + assignment.namespace() + "' is no namespace");
        }
        namespace.attributes().put(assignment.attribute(), evaluator.evaluate(assignment.value(), scope));
    }

    /// What a body writes, run in a scope of its own.
    private TracedText capture(List<Statement> body, Scope scope) {
        var inner = new TracedText.Builder();
        run(body, new Scope(scope), inner);
        return inner.build();
    }

    private Value filtered(List<AppliedFilter> filters, TracedText text, Scope scope) {
        Value value = new Text(text);
        for (AppliedFilter filter : filters) {
            value = Filters.apply(filter.name(), value, evaluator.arguments(filter.arguments(), scope));
        }
        return value;
    }

    private Value.Callable callable(List<Parameter> parameters, List<Statement> body, Scope definition) {
        return arguments -> {
            int given = arguments.positional().size();
            if (given > parameters.size()) {
                throw TemplateException.runtime("a macro takes " + parameters.size() + " arguments, got " + given);
            }
            var inner = new Scope(definition);
            for (int i = 0; i < parameters.size(); i++) {
                inner.set(parameters.get(i).name(), value(parameters.get(i), i, arguments, inner));
            }
            Value caller = arguments.named().get("caller");
            if (caller != null) inner.set("caller", caller);
            return new Text(capture(body, inner));
        };
    }

    private Value value(Parameter parameter, int place, Arguments arguments, Scope scope) {
        return arguments
                .find(place, parameter.name())
                .or(() -> parameter.defaultValue().map(given -> evaluator.evaluate(given, scope)))
                .orElseGet(() -> new Undefined(parameter.name()));
    }

    private void callBlock(Statement.CallBlock block, Scope scope, TracedText.Builder out) {
        Expression.Call call = block.call();
        Arguments given = evaluator.arguments(call.arguments(), scope);
        Map<String, Value> named = new HashMap<>(given.named());
        named.put("caller", callable(block.parameters(), block.body(), scope));
        Value result =
                Evaluator.call(evaluator.evaluate(call.target(), scope), new Arguments(given.positional(), named));
        out.append(Display.str(result));
    }

    private Flow with(Statement.With with, Scope scope, TracedText.Builder out) {
        var inner = new Scope(scope);
        for (Statement.Set set : with.assignments()) bind(inner, set.target(), evaluator.evaluate(set.value(), scope));
        return run(with.body(), inner, out);
    }
}
