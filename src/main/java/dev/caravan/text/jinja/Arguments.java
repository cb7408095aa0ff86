package dev.caravan.text.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The arguments of one call.
record Arguments(List<Value> positional, Map<String, Value> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    static Arguments of(List<? extends Value> positional) {
        return new Arguments(List.copyOf(positional), Map.of());
    }

    /// The argument at a place, or of a name.
    Optional<Value> find(int place, String name) {
        return place < positional.size() ? Optional.of(positional.get(place)) : Optional.ofNullable(named.get(name));
    }

    /// As [#find], with `None` and what is undefined taken as absent.
    Optional<Value> given(int place, String name) {
        return find(place, name).filter(value -> !(value instanceof Value.None || value instanceof Value.Undefined));
    }

    Value need(int place, String name) {
        return find(place, name)
                .orElseThrow(
                        () -> TemplateException.runtime("argument " + (place + 1) + ", '" + name + "', is missing"));
    }

    TracedText needText(int place, String name) {
        return Operators.text(need(place, name));
    }

    boolean flag(int place, String name) {
        return find(place, name).map(Operators::isTrue).orElse(false);
    }

    /// A whole number that fits an int, larger ones cut off.
    int integer(int place, String name, int absent) {
        return given(place, name).map(Operators::integer).orElse(absent);
    }

    /// These arguments, for Python's built-in methods that take none by name.
    Arguments unnamed() {
        if (named.isEmpty()) return this;
        throw TemplateException.runtime("this method takes no argument by name, got " + named.keySet());
    }

    /// Those from a place on.
    Arguments from(int place) {
        return new Arguments(positional.subList(Math.min(place, positional.size()), positional.size()), named);
    }
}
