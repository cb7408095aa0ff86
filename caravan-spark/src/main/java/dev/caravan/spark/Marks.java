package dev.caravan.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/// What was found out about some of the rows of a piece, met in the order of the rows.
final class Marks<T> {
    private final Iterator<Tuple2<Long, T>> sorted;
    private @Nullable Tuple2<Long, T> next;

    /// @param sorted by place
    Marks(Iterator<Tuple2<Long, T>> sorted) {
        this.sorted = sorted;
        advance();
    }

    /// The first mark of a row.
    ///
    /// @param place not before that of the last call
    Optional<T> at(long place) {
        return all(place).stream().findFirst();
    }

    /// All marks of a row.
    ///
    /// @param place not before that of the last call
    List<T> all(long place) {
        if (next == null || next._1() > place) return List.of();
        var marks = new ArrayList<T>(1);
        while (next != null && next._1() <= place) {
            if (next._1() == place) marks.add(next._2());
            advance();
        }
        return marks;
    }

    private void advance() {
        next = sorted.hasNext() ? sorted.next() : null;
    }
}
