package dev.caravan.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A bound record as keys and values again, every default filled in: text, numbers, truths, lists and maps in the
/// order of the components. It binds to an equal record.
public final class Settings {
    private Settings() {}

    /// @param declared the record's own type, or the sealed interface it was chosen from (then `type` comes first)
    public static SequencedMap<String, Object> of(Class<?> declared, Record record) {
        var settings = new LinkedHashMap<String, Object>();
        if (declared != record.getClass()) settings.put(Names.TYPE, Names.choice(record.getClass(), declared));
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            value(component.getGenericType(), Records.value(component, record))
                    .ifPresent(value -> settings.put(Names.key(component.getName()), value));
        }
        return settings;
    }

    /// The record as YAML.
    public static String yaml(Record record) {
        return YamlText.of(of(record.getClass(), record));
    }

    private static Optional<Object> value(Type type, Object value) {
        return switch (value) {
            case Optional<?> absent when absent.isEmpty() -> Optional.empty();
            case Optional<?> present -> value(argument(type, 0), present.get());
            case List<?> list ->
                Optional.of(list.stream()
                        .flatMap(each -> value(argument(type, 0), each).stream())
                        .toList());
            case Map<?, ?> map -> Optional.of(map(argument(type, 1), map));
            case Enum<?> constant -> Optional.of(Names.word(constant));
            case Record scalar
            when scalar.getClass().isAnnotationPresent(Scalar.class) ->
                Optional.of(Records.value(scalar.getClass().getRecordComponents()[0], scalar));
            case Record record -> Optional.of(of((Class<?>) type, record));
            case Number _, Boolean _ -> Optional.of(value);
            default -> Optional.of(value.toString());
        };
    }

    private static Map<String, Object> map(Type element, Map<?, ?> map) {
        var values = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> value(element, value).ifPresent(v -> values.put(key.toString(), v)));
        return values;
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
