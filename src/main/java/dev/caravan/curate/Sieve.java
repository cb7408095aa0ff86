package dev.caravan.curate;

import dev.caravan.data.Conversation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Filters in their order, ready for many rows.
public final class Sieve {
    /// A filter's name and its rule.
    private record Mesh(String name, Function<Conversation, Optional<String>> rule) {}

    private final List<Mesh> meshes;

    public Sieve(List<Filter> filters) {
        this.meshes = filters.stream()
                .map(filter -> new Mesh(filter.name(), filter.ready()))
                .toList();
    }

    /// Why a row leaves, at the first filter that objects; empty when it is kept.
    public Optional<Rejection> rejection(Conversation row) {
        for (Mesh mesh : meshes) {
            Optional<String> reason = mesh.rule().apply(row);
            if (reason.isPresent()) return Optional.of(new Rejection(row, mesh.name(), reason.get()));
        }
        return Optional.empty();
    }
}
