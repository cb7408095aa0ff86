package dev.caravan.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Plain values: text, numbers, truth.
final class Scalars {
    private static final Pattern WHOLE = Pattern.compile("[-+]?\\d+");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");

    private Scalars() {}

    /// @param plain whether the text stands without quotes; a quoted number is text
    static Optional<?> parse(Class<?> type, String text, boolean plain) {
        if (type == String.class) return Optional.of(text);
        if (type == Path.class) return Optional.of(Path.of(text));
        if (!plain) return Optional.empty();
        if (type == int.class || type == Integer.class) return number(WHOLE, text, Integer::valueOf);
        if (type == long.class || type == Long.class) return number(WHOLE, text, Long::valueOf);
        if (type == double.class || type == Double.class) {
            return number(DECIMAL, text, Double::valueOf).filter(Double::isFinite);
        }
        if (type == boolean.class || type == Boolean.class) {
            return text.equals("true") || text.equals("false") ? Optional.of(text.equals("true")) : Optional.empty();
        }
        throw new IllegalStateException("a recipe has no form for " + type);
    }

    /// What a value of the type is called in a message.
    static String noun(Class<?> type) {
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (type == double.class || type == Double.class) return "a double";
        if (type == boolean.class || type == Boolean.class) return "true or false";
        return type.isEnum() ? "a word" : "plain text";
    }

    private static <N> Optional<N> number(Pattern form, String text, Function<String, N> parse) {
        if (!form.matcher(text).matches()) return Optional.empty();
        try {
            return Optional.of(parse.apply(text));
        } catch (NumberFormatException _) {
            return Optional.empty(); // beyond the type's range
        }
    }
}
