package dev.caravan.curate;

import dev.caravan.data.Conversation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Filters in their order, ready for many rows.
public final class Sieve {
    /// A filter's name and its rules.
    private record Mesh(
            String name,
            Function<Conversation, Optional<String>> rule,
            Function<Conversation, Optional<String>> promptRule) {
        static Mesh of(Filter filter) {
            Function<Conversation, Optional<String>> rule = filter.ready();
            return new Mesh(filter.name(), rule, filter.forPrompts().orElse(rule));
        }
    }

    private final List<Mesh> meshes;

    public Sieve(List<Filter> filters) {
        this.meshes = filters.stream().map(Mesh::of).toList();
    }

    /// Why a row leaves, at the first filter that objects; empty when it is kept.
    public Optional<Rejection> rejection(Example row) {
        boolean prompt = row.check().isPresent() && !row.answered();
        return prompt ? rejectionOfPrompt(row.conversation()) : rejection(row.conversation());
    }

    /// The same of a conversation.
    Optional<Rejection> rejection(Conversation row) {
        return rejection(row, Mesh::rule);
    }

    /// As [#rejection(Conversation)], of a row that awaits its answer.
    Optional<Rejection> rejectionOfPrompt(Conversation row) {
        return rejection(row, Mesh::promptRule);
    }

    private Optional<Rejection> rejection(
            Conversation row, Function<Mesh, Function<Conversation, Optional<String>>> rule) {
        for (Mesh mesh : meshes) {
            Optional<String> reason = rule.apply(mesh).apply(row);
            if (reason.isPresent()) return Optional.of(new Rejection(row, mesh.name(), reason.get()));
        }
        return Optional.empty();
    }
}
