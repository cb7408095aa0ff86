package dev.caravan.text.jinja;

import dev.caravan.text.jinja.Value.Array;
import dev.caravan.text.jinja.Value.Dict;
import dev.caravan.text.jinja.Value.Text;
import dev.caravan.text.jinja.Value.Undefined;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Filters that take a list, or anything else that can be looped over.
final class ListFilters {
    private ListFilters() {}

    static Value apply(String name, Value value, Arguments arguments) {
        return switch (name) {
            case "list" -> Value.list(Operators.items(value));
            case "first" -> edge(Operators.items(value), true);
            case "last" -> edge(Operators.items(value), false);
            case "join" -> join(value, arguments);
            case "reverse" -> reverse(value);
            case "map" -> Value.lazy(map(value, arguments));
            case "select" -> Value.lazy(select(value, arguments, 0, item -> item, true));
            case "reject" -> Value.lazy(select(value, arguments, 0, item -> item, false));
            case "selectattr" -> Value.lazy(selectByAttribute(value, arguments, true));
            case "rejectattr" -> Value.lazy(selectByAttribute(value, arguments, false));
            case "sort" -> Value.list(sort(value, arguments));
            case "dictsort" -> Value.list(sortEntries(value, arguments));
            case "unique" -> Value.lazy(unique(value, arguments));
            case "sum" -> sum(value, arguments);
            case "min" -> extreme(value, arguments, true);
            case "max" -> extreme(value, arguments, false);
            case "batch" -> Value.lazy(batch(value, arguments));
            default -> throw TemplateException.runtime("there is no filter '" + name + "'");
        };
    }

    private static Value edge(List<Value> items, boolean first) {
        if (items.isEmpty()) return new Undefined("the " + (first ? "first" : "last") + " item of nothing");
        return first ? items.getFirst() : items.getLast();
    }

    private static Value join(Value value, Arguments arguments) {
        TracedText separator = arguments.find(0, "d").map(Display::str).orElse(TracedText.EMPTY);
        UnaryOperator<Value> attribute = attribute(arguments, 1);
        List<Value> texts = Operators.items(value).stream()
                .map(item -> (Value) new Text(Display.str(attribute.apply(item))))
                .toList();
        return new Text(StringMethods.join(separator, texts));
    }

    /// What the argument `attribute` picks from an item; without it the item itself.
    private static UnaryOperator<Value> attribute(Arguments arguments, int place) {
        Optional<Value> path = arguments.given(place, "attribute");
        return path.<UnaryOperator<Value>>map(value -> item -> Members.path(item, value))
                .orElse(item -> item);
    }

    private static Value reverse(Value value) {
        var items = new ArrayList<>(Operators.items(value));
        Collections.reverse(items);
        return value instanceof Text ? new Text(StringMethods.join(TracedText.EMPTY, items)) : Value.lazy(items);
    }

    private static List<Value> map(Value value, Arguments arguments) {
        Optional<Value> attribute = Optional.ofNullable(arguments.named().get("attribute"));
        if (attribute.isEmpty()) {
            String filter = arguments.needText(0, "filter").toString();
            return Operators.items(value).stream()
                    .map(item -> Filters.apply(filter, item, arguments.from(1)))
                    .toList();
        }
        return Operators.items(value).stream()
                .map(item -> Members.path(item, attribute.get()))
                .map(found -> found instanceof Undefined ? arguments.named().getOrDefault("default", found) : found)
                .toList();
    }

    /// Items whose `part` passes the test that the argument at `place` names; without one, whose part is true.
    private static List<Value> select(
            Value value, Arguments arguments, int place, UnaryOperator<Value> part, boolean wanted) {
        Optional<String> test =
                arguments.find(place, "test").map(name -> Operators.text(name).toString());
        Arguments rest = arguments.from(place + 1);
        return Operators.items(value).stream()
                .filter(item -> wanted
                        == test.map(name -> Tests.holds(name, part.apply(item), rest))
                                .orElseGet(() -> Operators.isTrue(part.apply(item))))
                .toList();
    }

    private static List<Value> selectByAttribute(Value value, Arguments arguments, boolean wanted) {
        Value path = arguments.need(0, "attribute");
        return select(value, arguments, 1, item -> Members.path(item, path), wanted);
    }

    private static List<Value> sort(Value value, Arguments arguments) {
        UnaryOperator<Value> attribute = attribute(arguments, 2);
        Comparator<Value> order = order(arguments.flag(1, "case_sensitive"), attribute);
        return sorted(Operators.items(value), order, arguments.flag(0, "reverse"));
    }

    private static List<Value> sortEntries(Value value, Arguments arguments) {
        if (!(value instanceof Dict dict)) {
            throw TemplateException.runtime("dictsort needs a dictionary, got " + Operators.type(value));
        }
        boolean byValue =
                arguments.find(1, "by").map(by -> by.toString().equals("value")).orElse(false);
        Comparator<Value> order = order(
                arguments.flag(0, "case_sensitive"),
                entry -> Operators.items(entry).get(byValue ? 1 : 0));
        return sorted(Members.entries(dict), order, arguments.flag(2, "reverse"));
    }

    /// Equal items keep their order, also when reversed.
    private static List<Value> sorted(List<Value> items, Comparator<Value> order, boolean reverse) {
        return items.stream().sorted(reverse ? order.reversed() : order).toList();
    }

    private static Comparator<Value> order(boolean caseSensitive, UnaryOperator<Value> part) {
        return (a, b) -> {
            Value x = fold(part.apply(a), caseSensitive);
            Value y = fold(part.apply(b), caseSensitive);
            return Operators.equal(x, y) ? 0 : Operators.compare(x, y);
        };
    }

    private static Value fold(Value value, boolean caseSensitive) {
        return !caseSensitive && value instanceof Text(TracedText text) ? new Text(StringMethods.lower(text)) : value;
    }

    private static List<Value> unique(Value value, Arguments arguments) {
        boolean caseSensitive = arguments.flag(0, "case_sensitive");
        UnaryOperator<Value> attribute = attribute(arguments, 1);
        var kept = new ArrayList<Value>();
        var seen = new ArrayList<Value>();
        for (Value item : Operators.items(value)) {
            Value key = fold(attribute.apply(item), caseSensitive);
            if (seen.stream().anyMatch(other -> Operators.equal(other, key))) continue;
            seen.add(key);
            kept.add(item);
        }
        return kept;
    }

    private static Value sum(Value value, Arguments arguments) {
        UnaryOperator<Value> attribute = attribute(arguments, 0);
        Value sum = arguments.find(1, "start").orElse(Value.of(0));
        for (Value item : Operators.items(value)) sum = Operators.arithmetic("+", sum, attribute.apply(item));
        return sum;
    }

    private static Value extreme(Value value, Arguments arguments, boolean least) {
        Comparator<Value> rising = order(arguments.flag(0, "case_sensitive"), attribute(arguments, 1));
        Comparator<Value> order = least ? rising.reversed() : rising;
        Value best = new Undefined("an extreme of nothing");
        for (Value item : Operators.items(value)) {
            if (best instanceof Undefined || order.compare(item, best) > 0) best = item;
        }
        return best;
    }

    private static List<Value> batch(Value value, Arguments arguments) {
        int size = Math.max(1, Operators.integer(arguments.need(0, "linecount")));
        List<Value> items = Operators.items(value);
        var batches = new ArrayList<Value>();
        for (int from = 0; from < items.size(); from += size) {
            var batch = new ArrayList<>(items.subList(from, Math.min(items.size(), from + size)));
            arguments.given(1, "fill_with").ifPresent(fill -> pad(batch, size, fill));
            batches.add(new Array(List.copyOf(batch), false));
            if (size > items.size() - from) break;
        }
        return batches;
    }

    private static void pad(List<Value> batch, int size, Value fill) {
        Limits.checkItems(size);
        while (batch.size() < size) batch.add(fill);
    }
}
