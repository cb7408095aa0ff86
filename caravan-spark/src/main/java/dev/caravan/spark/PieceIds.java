package dev.caravan.spark;

import dev.caravan.curate.BadRow;
import dev.caravan.curate.Example;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a first look at a piece found: the ids that its rows came with, and which of them are bad.
///
/// @param ids by number of the row, null for a bad one
/// @param first of the bad rows
record PieceIds(
        int piece,
        int source,
        List<@Nullable String> ids,
        @Nullable BadRow first) implements Serializable {
    static PieceIds of(SourcePiece piece, Iterator<PlacedRow> rows) {
        var ids = new ArrayList<@Nullable String>();
        BadRow first = null;
        while (rows.hasNext()) {
            switch (rows.next().row()) {
                case Example example -> ids.add(example.id());
                case BadRow bad -> {
                    first = first == null ? bad : first;
                    ids.add(null);
                }
            }
        }
        return new PieceIds(piece.number(), piece.source(), ids, first);
    }

    /// As much of it as decides whether the bad rows are too many.
    Verdict verdict() {
        var bad = new ArrayList<Integer>();
        for (int i = 0; i < ids.size(); i++) {
            if (ids.get(i) == null) bad.add(i);
        }
        return new Verdict(source, ids.size(), bad.stream().mapToInt(i -> i).toArray(), first);
    }

    /// @param rows of the piece
    /// @param bad numbers of the bad ones
    record Verdict(
            int source, int rows, int[] bad, @Nullable BadRow first) implements Serializable {}
}
