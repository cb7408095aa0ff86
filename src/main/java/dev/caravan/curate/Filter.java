package dev.caravan.curate;

import dev.caravan.data.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Keeps a conversation or rejects it with a reason. The permitted records are the recipe's choices.
public sealed interface Filter
        permits EmptyTurnFilter,
                LanguageFilter,
                LengthFilter,
                RefusalFilter,
                RegexFilter,
                RepeatedLinesFilter,
                RoleOrderFilter,
                SelfIdentificationFilter,
                TokenLengthFilter {
    /// The filter's name in counts and in `rejected.jsonl`.
    String name();

    /// Why the conversation is rejected; empty when it is kept.
    Optional<String> objection(Conversation conversation);

    /// The rule with all that it needs at hand, for many rows.
    default Function<Conversation, Optional<String>> ready() {
        return this::objection;
    }

    /// Sends rows through filters in order. A row leaves at the first filter that objects.
    static Sifted sift(Stream<Conversation> rows, List<Filter> filters) {
        var sieve = new Sieve(filters);
        var kept = new ArrayList<Conversation>();
        var rejected = new ArrayList<Rejection>();
        rows.forEach(row -> sieve.rejection(row).ifPresentOrElse(rejected::add, () -> kept.add(row)));
        return new Sifted(kept, rejected);
    }
}
