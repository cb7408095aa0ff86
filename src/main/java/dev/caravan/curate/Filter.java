package dev.caravan.curate;

import dev.caravan.data.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Keeps a conversation or rejects it with a reason. The permitted records are the recipe's choices.
public sealed interface Filter
        permits EmptyTurnFilter,
                LengthFilter,
                RegexFilter,
                RepeatedLinesFilter,
                RoleOrderFilter,
                SelfIdentificationFilter {
    /// The filter's name in counts and in `rejected.jsonl`.
    String name();

    /// Why the conversation is rejected; empty when it is kept.
    Optional<String> objection(Conversation conversation);

    /// Sends rows through filters in order. A row leaves at the first filter that objects.
    static Sifted sift(Stream<Conversation> rows, List<Filter> filters) {
        var kept = new ArrayList<Conversation>();
        var rejected = new ArrayList<Rejection>();
        rows.forEach(row -> rejection(row, filters).ifPresentOrElse(rejected::add, () -> kept.add(row)));
        return new Sifted(kept, rejected);
    }

    private static Optional<Rejection> rejection(Conversation row, List<Filter> filters) {
        return filters.stream()
                .flatMap(filter ->
                        filter.objection(row).stream().map(reason -> new Rejection(row, filter.name(), reason)))
                .findFirst();
    }
}
