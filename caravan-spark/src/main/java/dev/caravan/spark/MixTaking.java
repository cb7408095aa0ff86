package dev.caravan.spark;

import dev.caravan.curate.Example;
import dev.caravan.curate.MixDraw;
import dev.caravan.curate.MixRows;
import dev.caravan.data.Draws;
import dev.caravan.io.Json;
import dev.caravan.recipe.Mix;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a mix does with single rows.
///
/// @param draws which of each source's rows are drawn
/// @param orders in which order the rows of each source come
record MixTaking<T>(Mix mix, MixRows<T> kind, List<Draws> draws, List<Draws> orders) {
    /// A row of the mix on its way to its place.
    record Moving(String id, byte[] line) implements Serializable {}

    private static <T> MixTaking<T> of(Mix mix, long seed, MixRows<T> kind) {
        var draw = new MixDraw(mix.mixture(), seed);
        int sources = mix.sources().size();
        return new MixTaking<>(
                mix,
                kind,
                IntStream.range(0, sources).mapToObj(draw::rows).toList(),
                IntStream.range(0, sources).mapToObj(draw::order).toList());
    }

    /// @param type of the rows: conversations, prompts or preference pairs
    static MixTaking<?> of(Mix mix, long seed, Class<?> type) {
        return Stream.of(MixRows.conversations(), MixRows.prompts(), MixRows.pairs())
                .filter(kind -> kind.type() == type)
                .findFirst()
                .map(kind -> of(mix, seed, kind))
                .orElseThrow(() -> new IllegalArgumentException("no mix holds rows of " + type));
    }

    private Optional<T> taken(PlacedRow row) {
        Stream<T> rows = row.row() instanceof Example example ? kind.of(example).stream() : Stream.empty();
        return mix.sources().get(row.source()).taken(rows, kind.source()).findFirst();
    }

    /// A hash of the row's id; empty where the source does not take the row.
    Optional<Long> idHash(PlacedRow row) {
        return taken(row).map(kind::idHash);
    }

    /// What decides whether a row is drawn.
    long draw(int source, long idHash) {
        return draws.get(source).bits(idHash);
    }

    /// What decides a row's place in the mix.
    long order(int source, long idHash, int copy) {
        return MixDraw.key(orders.get(source), idHash, copy);
    }

    Optional<Moving> moving(PlacedRow row) {
        return taken(row).map(each -> new Moving(kind.id().apply(each), Json.line(each)));
    }

    /// The line of a row under another id.
    byte[] line(Moving row, String id) {
        T read = Json.read(new String(row.line(), StandardCharsets.UTF_8), kind.type());
        return Json.line(kind.withId().apply(read, id));
    }

    /// The line of `rejected.jsonl` of a row that is not part of the mix.
    Optional<Map<String, Object>> notDrawn(PlacedRow row) {
        return taken(row)
                .map(each -> kind.notDrawn(each, mix.sources().get(row.source()).name()));
    }
}
