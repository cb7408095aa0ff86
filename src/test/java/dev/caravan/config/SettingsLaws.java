package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SettingsLaws {
    record Inner(String text, boolean flag) {}

    record Outer(
            String text,
            double number,
            long count,
            Optional<Inner> inner,
            List<String> words,
            Map<String, String> labels,
            List<List<Integer>> table) {}

    @Property(tries = 300)
    void resolvedRecipeBindsToAnEqualRecord(
            @ForAll String text,
            @ForAll double number,
            @ForAll long count,
            @ForAll boolean present,
            @ForAll List<String> words,
            @ForAll Map<String, String> labels,
            @ForAll List<List<Integer>> table) {
        Optional<Inner> inner = present ? Optional.of(new Inner(text, count > 0)) : Optional.empty();
        var record = new Outer(text, number, count, inner, words, labels, table);
        String yaml = Settings.yaml(record);
        assertThat(Binder.bind(Outer.class, "resolved", yaml, List.of()).get())
                .as(yaml)
                .isEqualTo(record);
    }

    @Test
    void resolvedRecipeIsReadable() {
        var record = new Outer(
                "it's 5: no",
                5e-6,
                3,
                Optional.of(new Inner("true", true)),
                List.of("a b", "-"),
                Map.of("model", "hf:org/name@main"),
                List.of(List.of(1), List.of()));
        assertThat(Settings.yaml(record)).isEqualTo("""
                text: "it's 5: no"
                number: 5.0e-6
                count: 3
                inner:
                  text: "true"
                  flag: true
                words:
                  - a b
                  - "-"
                labels:
                  model: "hf:org/name@main"
                table:
                  -
                    - 1
                  - []
                """);
    }
}
