package dev.caravan.curate;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.caravan.data.Conversation;
import dev.caravan.data.PreferencePair;
import dev.caravan.data.Prompt;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

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

    /// The row under the id that a function makes of its own.
    public T under(T row, UnaryOperator<String> other) {
        String own = id.apply(row);
        String next = other.apply(own);
        return next.equals(own) ? row : withId.apply(row, next);
    }

    /// What decides whether a row is drawn, and its place in the mix.
    public long idHash(T row) {
        return Hashing.komihash5_0().hashCharsToLong(id.apply(row));
    }

    /// The line of `rejected.jsonl` of a row that is not part of the mix.
    public Map<String, Object> notDrawn(T row, String source) {
        return Rejection.line(id.apply(row), "mix", "not drawn from " + source, row);
    }
}
