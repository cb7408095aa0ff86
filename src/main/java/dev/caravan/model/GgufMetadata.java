package dev.caravan.model;

import dev.caravan.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/// The key-value pairs of a GGUF file; a complaint names the file, the key, the value and the rule.
///
/// @param values whole numbers as `Long`, real ones as `Double`, arrays as `List<Object>`
record GgufMetadata(Path file, SequencedMap<String, Object> values) {
    boolean has(String key) {
        return values.containsKey(key);
    }

    int integer(String key) {
        return optionalInteger(key).orElseThrow(() -> missing(key));
    }

    OptionalInt optionalInteger(String key) {
        Optional<Long> value = optional(key, Long.class, "a whole number");
        if (value.isPresent() && value.get() != (int) (long) value.get()) {
            throw wrong(key, value.get(), "a whole number of 32 bits");
        }
        return value.isPresent() ? OptionalInt.of((int) (long) value.get()) : OptionalInt.empty();
    }

    double number(String key) {
        return optionalNumber(key).orElseThrow(() -> missing(key));
    }

    Optional<Double> optionalNumber(String key) {
        return optional(key, Double.class, "a real number");
    }

    Optional<Boolean> flag(String key) {
        return optional(key, Boolean.class, "true or false");
    }

    String text(String key) {
        return optionalText(key).orElseThrow(() -> missing(key));
    }

    Optional<String> optionalText(String key) {
        return optional(key, String.class, "a string");
    }

    /// The elements of an array, all of one type; empty when the key is absent.
    <T> List<T> list(String key, Class<T> type) {
        Object value = values.getOrDefault(key, List.of());
        if (!(value instanceof List<?> list) || !list.stream().allMatch(type::isInstance)) {
            throw wrong(key, value, "an array of " + type.getSimpleName());
        }
        return list.stream().map(type::cast).toList();
    }

    private <T> Optional<T> optional(String key, Class<T> type, String what) {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw wrong(key, value, what);
        }
        return Optional.of(type.cast(value));
    }

    private DataException missing(String key) {
        return new DataException("%s: metadata key %s is missing".formatted(file, key));
    }

    DataException wrong(String key, Object value, String rule) {
        String shown = value instanceof List<?> list ? "an array of " + list.size() : value.toString();
        return new DataException("%s: metadata key %s must be %s, got %s".formatted(file, key, rule, shown));
    }
}
