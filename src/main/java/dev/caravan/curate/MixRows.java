package dev.caravan.curate;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.caravan.data.Conversation;
import dev.caravan.data.PreferencePair;
import dev.caravan.data.Prompt;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What mixing needs to know of a row.
///
/// @param withId the row under another id
/// @param fromExample the row that an example is; empty where it is none of the kind, such as a conversation without an
///     answer
public record MixRows<T>(
        Class<T> type,
        Function<T, String> id,
        Function<T, String> source,
        BiFunction<T, String, T> withId,
        Function<Example, Optional<T>> fromExample) {
    public static MixRows<Conversation> conversations() {
        return new MixRows<>(
                Conversation.class,
                Conversation::id,
                Conversation::source,
                Conversation::withId,
                row -> Optional.of(row).filter(Example::answered).map(Example::conversation));
    }

    public static MixRows<Prompt> prompts() {
        return new MixRows<>(
                Prompt.class, Prompt::id, Prompt::source, Prompt::withId, row -> Optional.of(row.prompt()));
    }

    public static MixRows<PreferencePair> pairs() {
        return new MixRows<>(
                PreferencePair.class,
                PreferencePair::id,
                PreferencePair::source,
                PreferencePair::withId,
                Example::pair);
    }

    /// The row that an example is.
    public Optional<T> of(Example example) {
        return fromExample.apply(example);
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
