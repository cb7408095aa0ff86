package dev.caravan.curate;

import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import dev.caravan.data.PreferencePair;
import dev.caravan.data.Prompt;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Rows that can be read again and again, and what decontamination needs to know of one.
///
/// @param stream opens the rows anew; every call gives the same rows in the same order
/// @param line the row as it is written
public record TrainingRows<T>(
        Supplier<Stream<T>> stream,
        Function<T, String> id,
        Function<T, String> source,
        Function<T, List<Message>> messages,
        Function<T, ?> line) {
    public static TrainingRows<Conversation> conversations(Supplier<Stream<Conversation>> stream) {
        return new TrainingRows<>(
                stream, Conversation::id, Conversation::source, Conversation::messages, Function.identity());
    }

    public static TrainingRows<Prompt> prompts(Supplier<Stream<Prompt>> stream) {
        return new TrainingRows<>(stream, Prompt::id, Prompt::source, Prompt::messages, Function.identity());
    }

    /// Pairs are compared by their prompts; with all turns, by the better answer too.
    public static TrainingRows<PreferencePair> pairs(Supplier<Stream<PreferencePair>> stream) {
        return new TrainingRows<>(
                stream, PreferencePair::id, PreferencePair::source, TrainingRows::messages, Function.identity());
    }

    private static List<Message> messages(PreferencePair pair) {
        return Turns.withAnswer(pair.prompt(), pair.chosen());
    }

    /// Rows of files, written as data sets publish them.
    public static TrainingRows<Example> examples(Supplier<Stream<Example>> stream) {
        return new TrainingRows<>(stream, Example::id, Example::source, Example::messages, Example::row);
    }
}
