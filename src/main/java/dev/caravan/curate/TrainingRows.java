package dev.caravan.curate;

import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import dev.caravan.data.Prompt;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Rows that can be read again and again, and what decontamination needs to know of one.
///
/// @param stream opens the rows anew; every call gives the same rows in the same order
public record TrainingRows<T>(
        Supplier<Stream<T>> stream,
        Function<T, String> id,
        Function<T, String> source,
        Function<T, List<Message>> messages) {
    public static TrainingRows<Conversation> conversations(Supplier<Stream<Conversation>> stream) {
        return new TrainingRows<>(stream, Conversation::id, Conversation::source, Conversation::messages);
    }

    public static TrainingRows<Prompt> prompts(Supplier<Stream<Prompt>> stream) {
        return new TrainingRows<>(stream, Prompt::id, Prompt::source, Prompt::messages);
    }
}
