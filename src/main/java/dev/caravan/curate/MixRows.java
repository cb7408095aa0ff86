package dev.caravan.curate;

import dev.caravan.data.Conversation;
import dev.caravan.data.PreferencePair;
import dev.caravan.data.Prompt;
import java.util.function.BiFunction;
import java.util.function.Function;

/// What mixing needs to know of a row.
///
/// @param withId the row under another id
public record MixRows<T>(
        Class<T> type, Function<T, String> id, Function<T, String> source, BiFunction<T, String, T> withId) {
    public static MixRows<Conversation> conversations() {
        return new MixRows<>(Conversation.class, Conversation::id, Conversation::source, Conversation::withId);
    }

    public static MixRows<Prompt> prompts() {
        return new MixRows<>(Prompt.class, Prompt::id, Prompt::source, Prompt::withId);
    }

    public static MixRows<PreferencePair> pairs() {
        return new MixRows<>(PreferencePair.class, PreferencePair::id, PreferencePair::source, PreferencePair::withId);
    }
}
