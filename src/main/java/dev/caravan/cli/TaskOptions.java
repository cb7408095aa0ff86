package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.eval.Scoring;
import dev.caravan.eval.TaskFormat;
import dev.caravan.eval.TaskSettings;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/// What a user may set differently from how an evaluation task is defined.
final class TaskOptions {
    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "at which answers are drawn; 0 takes the likeliest token (default: the task's)")
    private Optional<Double> temperature = Optional.empty();

    @Option(names = "--max-tokens", paramLabel = "N", description = "tokens of an answer (default: the task's)")
    private Optional<Integer> maxTokens = Optional.empty();

    @Option(names = "--samples", paramLabel = "N", description = "answers an item (default: the task's)")
    private Optional<Integer> samples = Optional.empty();

    @Option(names = "--shots", paramLabel = "N", description = "examples before a question, at most the task's own")
    private Optional<Integer> shots = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "chat|plain|turn",
            description = "as a conversation, as one text, or as that text in one turn of the user (default: the"
                    + " task's)")
    private Optional<String> format = Optional.empty();

    @Option(
            names = "--normalise",
            paramLabel = "N",
            description = "none, characters, tokens or unconditional: how the log-probabilities of choices are"
                    + " compared (default: the task's)")
    private Optional<String> normalise = Optional.empty();

    TaskSettings settings() {
        if (temperature.isPresent() && !(temperature.get() >= 0)) {
            throw new RecipeException("--temperature must not be negative, got " + temperature.get());
        }
        return new TaskSettings(
                temperature,
                from("--max-tokens", maxTokens, 1),
                from("--samples", samples, 1),
                normalise.map(word -> constant("--normalise", word, Scoring.Normalisation.values())),
                format.map(word -> constant("--format", word, TaskFormat.Form.values())),
                from("--shots", shots, 0));
    }

    private static OptionalInt from(String option, Optional<Integer> given, int least) {
        given.filter(n -> n < least).ifPresent(n -> {
            throw new RecipeException("%s must be at least %d, got %d".formatted(option, least, n));
        });
        return given.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static <E extends Enum<E>> E constant(String option, String word, E[] values) {
        for (E value : values) {
            if (value.name().equals(word.toUpperCase(Locale.ROOT))) return value;
        }
        throw new RecipeException("%s must be one of %s, got '%s'"
                .formatted(
                        option,
                        java.util.Arrays.stream(values)
                                .map(value -> value.name().toLowerCase(Locale.ROOT))
                                .toList(),
                        word));
    }
}
