package dev.caravan.curate;

import dev.caravan.data.Conversation;
import dev.caravan.data.PreferencePair;
import dev.caravan.data.Prompt;
import java.util.function.BiFunction;
import java.util.function.Function;

/// What mixing needs to know of a row.
///
/// @param withId the row under another id
public record MixRows<T>(Class<T> type, Function<T, String> id, BiFunction<T, String, T> withId) {
    public static MixRows<Conversation> conversations() {
        return new MixRows<>(
                Conversation.class, Conversation::id, (row, id) -> new Conversation(id, row.source(), row.messages()));
    }

    public static MixRows<Prompt> prompts() {
        return new MixRows<>(
                Prompt.class, Prompt::id, (row, id) -> new Prompt(id, row.source(), row.messages(), row.check()));
    }

    public static MixRows<PreferencePair> pairs() {
        return new MixRows<>(
                PreferencePair.class,
                PreferencePair::id,
                (row, id) -> new PreferencePair(
                        id, row.source(), row.prompt(), row.chosen(), row.rejected(), row.because()));
    }
}
