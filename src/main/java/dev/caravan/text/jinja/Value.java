package dev.caravan.text.jinja;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value of a template: Python's, as far as chat templates meet them.
public sealed interface Value {
    /// `None`.
    record None() implements Value {}

    /// A name, attribute or item that does not exist; `what` says which.
    record Undefined(String what) implements Value {}

    record Bool(boolean value) implements Value {}

    record Int(BigInteger value) implements Value {}

    record Real(double value) implements Value {}

    record Text(TracedText value) implements Value {
        static final Text EMPTY = new Text(TracedText.EMPTY);

        @Override
        public String toString() {
            return value.toString();
        }
    }

    /// A list, or a tuple.
    record Array(List<Value> items, boolean tuple) implements Value {}

    /// What `map`, `select` and their kin make: it can be looped over, but has no length and no places.
    record Lazy(List<Value> items) implements Value {}

    /// A dictionary, in the order of insertion.
    record Dict(Map<Value, Value> entries) implements Value {}

    /// What `namespace()` makes: its attributes can be set from an inner scope.
    record Namespace(Map<String, Value> attributes) implements Value {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /// Something that can be called: a macro, a method, a global function.
    non-sealed interface Callable extends Value {
        Value call(Arguments arguments);
    }

    None NONE = new None();
    Bool TRUE = new Bool(true);
    Bool FALSE = new Bool(false);

    static Bool of(boolean value) {
        return value ? TRUE : FALSE;
    }

    static Int of(long value) {
        return new Int(BigInteger.valueOf(value));
    }

    /// Text by the template's author.
    static Text of(String value) {
        return new Text(TracedText.template(value));
    }

    static Text text(String value, Origin origin) {
        return new Text(TracedText.of(value, origin));
    }

    static Array list(List<? extends Value> items) {
        return new Array(List.copyOf(items), false);
    }

    static Lazy lazy(List<? extends Value> items) {
        return new Lazy(List.copyOf(items));
    }

    static Array tuple(List<? extends Value> items) {
        return new Array(List.copyOf(items), true);
    }

    static Dict dict(Map<Value, Value> entries) {
        return new Dict(new LinkedHashMap<>(entries));
    }
}
