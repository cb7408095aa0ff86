package dev.caravan.text.jinja;

import dev.caravan.text.jinja.Value.Namespace;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The functions that every chat template may call.
final class Globals {
    private static final int LONGEST_RANGE = 100_000; // as in Jinja's sandbox

    private Globals() {}

    static Scope scope(LocalDateTime now) {
        var scope = new Scope(null);
        define(scope, "raise_exception", Globals::raise);
        define(scope, "strftime_now", arguments -> strftime(now, arguments));
        define(scope, "namespace", arguments -> new Namespace(attributes(arguments)));
        define(scope, "dict", Globals::dict);
        define(scope, "range", Globals::range);
        return scope;
    }

    private static void define(Scope scope, String name, Value.Callable function) {
        scope.set(name, function);
    }

    private static Value raise(Arguments arguments) {
        throw TemplateException.runtime(
                Display.str(arguments.need(0, "message")).toString());
    }

    private static Value strftime(LocalDateTime now, Arguments arguments) {
        return Value.of(Clock.format(now, arguments.needText(0, "format").toString()));
    }

    private static Map<String, Value> attributes(Arguments arguments) {
        Map<String, Value> attributes = new HashMap<>();
        if (arguments.find(0, "").orElse(Value.NONE) instanceof Value.Dict dict) {
            dict.entries()
                    .forEach((key, value) -> attributes.put(Display.str(key).toString(), value));
        }
        attributes.putAll(arguments.named());
        return attributes;
    }

    private static Value dict(Arguments arguments) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        if (arguments.find(0, "").orElse(Value.NONE) instanceof Value.Dict dict) entries.putAll(dict.entries());
        arguments.named().forEach((name, value) -> entries.put(Value.of(name), value));
        return new Value.Dict(entries);
    }

    private static Value range(Arguments arguments) {
        boolean bounded = arguments.positional().size() > 1;
        long start = bounded ? Operators.integer(arguments.need(0, "start")) : 0;
        long stop = Operators.integer(arguments.need(bounded ? 1 : 0, "stop"));
        long step = arguments.integer(2, "step", 1);
        if (step == 0) throw TemplateException.runtime("range cannot have step 0");
        if ((stop - start) / step > LONGEST_RANGE) {
            throw TemplateException.runtime("range is longer than " + LONGEST_RANGE);
        }
        List<Value> numbers = new ArrayList<>();
        for (long i = start; step > 0 ? i < stop : i > stop; i += step) numbers.add(Value.of(i));
        return Value.list(numbers);
    }
}
