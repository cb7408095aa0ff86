package dev.caravan.text.jinja;

import dev.caravan.text.jinja.Value.Array;
import dev.caravan.text.jinja.Value.Dict;
import dev.caravan.text.jinja.Value.Namespace;
import dev.caravan.text.jinja.Value.Text;
import dev.caravan.text.jinja.Value.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Attributes, items and slices. As in Jinja, `a.b` looks for an attribute and then an item, `a['b']` the other way
/// round, and what does not exist is undefined.
final class Members {
    private static final Set<String> CHANGES =
            Set.of("append", "extend", "insert", "pop", "remove", "clear", "update", "setdefault", "sort", "reverse");

    private Members() {}

    static Value attribute(Value target, String name) {
        requireDefined(target);
        return member(target, name).or(() -> entry(target, Value.of(name))).orElseGet(() -> new Undefined(name));
    }

    static Value item(Value target, Value key) {
        requireDefined(target);
        Optional<Value> entry = entry(target, key);
        if (entry.isPresent()) return entry.get();
        if (!(key instanceof Text name)) return new Undefined(Display.str(key).toString());
        return member(target, name.toString()).orElseGet(() -> new Undefined(name.toString()));
    }

    /// An attribute path such as `a.b.0`, as the `attribute` argument of filters gives it.
    static Value path(Value target, Value path) {
        if (path instanceof Value.Int) return item(target, path);
        Value value = target;
        for (String name : Operators.text(path).toString().split("\\.")) {
            boolean index =
                    !name.isEmpty() && name.length() < 10 && name.chars().allMatch(Character::isDigit);
            value = item(value, index ? Value.of(Integer.parseInt(name)) : Value.of(name));
        }
        return value;
    }

    private static void requireDefined(Value target) {
        if (target instanceof Undefined(String what)) throw TemplateException.runtime("'" + what + "' is undefined");
    }

    private static Optional<Value> entry(Value target, Value key) {
        return switch (target) {
            case Dict dict -> Optional.ofNullable(dict.entries().get(key));
            case Array array -> indexed(array.items(), key);
            case Text text -> indexed(Operators.items(text), key);
            default -> Optional.empty();
        };
    }

    private static Optional<Value> indexed(List<Value> items, Value key) {
        if (!(key instanceof Value.Int || key instanceof Value.Bool)) return Optional.empty();
        int index = Operators.integer(key);
        int place = index < 0 ? index + items.size() : index;
        return place >= 0 && place < items.size() ? Optional.of(items.get(place)) : Optional.empty();
    }

    private static Optional<Value> member(Value target, String name) {
        return switch (target) {
            case Text(TracedText text) -> StringMethods.find(text, name).map(method -> method);
            case Dict dict -> dictMethod(dict, name);
            case Array array -> arrayMethod(array, name);
            case Namespace namespace ->
                Optional.ofNullable(namespace.attributes().get(name));
            default -> Optional.empty();
        };
    }

    private static Optional<Value> dictMethod(Dict dict, String name) {
        return switch (name) {
            case "items" -> method(_ -> Value.list(entries(dict)));
            case "keys" -> method(_ -> Value.list(List.copyOf(dict.entries().keySet())));
            case "values" -> method(_ -> Value.list(List.copyOf(dict.entries().values())));
            case "get" -> method(arguments -> get(dict, arguments));
            default -> refusal(name);
        };
    }

    private static Value get(Dict dict, Arguments arguments) {
        Value found = dict.entries().get(arguments.need(0, "key"));
        return found != null ? found : arguments.find(1, "default").orElse(Value.NONE);
    }

    static List<Value> entries(Dict dict) {
        var entries = new ArrayList<Value>();
        for (Map.Entry<Value, Value> entry : dict.entries().entrySet()) {
            entries.add(Value.tuple(List.of(entry.getKey(), entry.getValue())));
        }
        return entries;
    }

    private static Optional<Value> arrayMethod(Array array, String name) {
        return switch (name) {
            case "index" -> method(arguments -> place(array, arguments.need(0, "value")));
            case "count" -> method(arguments -> occurrences(array, arguments.need(0, "value")));
            default -> refusal(name);
        };
    }

    private static Value place(Array array, Value wanted) {
        for (int i = 0; i < array.items().size(); i++) {
            if (Operators.equal(array.items().get(i), wanted)) return Value.of(i);
        }
        throw TemplateException.runtime("the value is not in the list");
    }

    private static Value occurrences(Array array, Value wanted) {
        return Value.of(array.items().stream()
                .filter(item -> Operators.equal(item, wanted))
                .count());
    }

    private static Optional<Value> method(Value.Callable method) {
        return Optional.of(method);
    }

    /// Templates run in a sandbox where values cannot change.
    private static Optional<Value> refusal(String name) {
        if (!CHANGES.contains(name)) return Optional.empty();
        return method(_ -> {
            throw TemplateException.runtime("a template may not change a list or dictionary, here by " + name);
        });
    }

    static Value slice(Value target, Optional<Value> start, Optional<Value> stop, Optional<Value> step) {
        requireDefined(target);
        if (target instanceof Value.Lazy) throw TemplateException.runtime("a generator has no slices");
        List<Value> items = Operators.items(target);
        var chosen = new ArrayList<Value>();
        int stride = bound(step, 1);
        if (stride == 0) throw TemplateException.runtime("a slice cannot have step 0");
        int size = items.size();
        int low = stride > 0 ? 0 : -1; // where a walk in this direction may begin and end
        int high = stride > 0 ? size : size - 1;
        long from = place(start, stride > 0 ? low : high, size, low, high);
        long to = place(stop, stride > 0 ? high : low, size, low, high);
        for (long i = from; stride > 0 ? i < to : i > to; i += stride) chosen.add(items.get((int) i));
        if (target instanceof Text) return new Text(StringMethods.join(TracedText.EMPTY, chosen));
        return new Array(List.copyOf(chosen), target instanceof Array array && array.tuple());
    }

    private static int bound(Optional<Value> value, int absent) {
        return value.filter(given -> !(given instanceof Value.None))
                .map(Operators::integer)
                .orElse(absent);
    }

    private static long place(Optional<Value> bound, int absent, int size, int low, int high) {
        if (bound.filter(given -> !(given instanceof Value.None)).isEmpty()) return absent;
        long index = Operators.integer(bound.get());
        return Math.clamp(index < 0 ? index + size : index, low, high);
    }
}
