package dev.caravan.config;

import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// How Java names are written in a recipe.
public final class Names {
    /// The key that chooses a record of a sealed interface.
    public static final String TYPE = "type";

    private Names() {}

    /// `learningRate` is the key `learning_rate`.
    public static String key(String component) {
        return parted(component, "_");
    }

    /// `GroupRelative` of `AdvantageEstimator` is the choice `group-relative`, `SftStage` of `Stage` is `sft`.
    public static String choice(Class<?> record, Class<?> of) {
        String name = record.getSimpleName();
        String ending = of.getSimpleName();
        boolean ends = name.endsWith(ending) && !name.equals(ending);
        return parted(ends ? name.substring(0, name.length() - ending.length()) : name, "-");
    }

    /// The records that a sealed interface permits, nested interfaces included, by the name that chooses them.
    public static SequencedMap<String, Class<?>> choices(Class<?> sealed) {
        var choices = new TreeMap<String, Class<?>>();
        addChoices(sealed, sealed, choices);
        return choices;
    }

    /// `FLOAT32` is the word `float32`, `GROUP_RELATIVE` is `group-relative`.
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void addChoices(Class<?> sealed, Class<?> of, Map<String, Class<?>> choices) {
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isInterface()) {
                addChoices(permitted, of, choices);
            } else {
                Class<?> twin = choices.put(choice(permitted, of), permitted);
                if (twin != null) throw new IllegalStateException(twin + " and " + permitted + " have one name");
            }
        }
    }

    private static String parted(String camel, String separator) {
        return camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])", separator).toLowerCase(Locale.ROOT);
    }
}
