package dev.caravan.generate;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// What went wrong with requests, counted by kind. Safe for many threads.
final class Troubles {
    /// Kinds of trouble, in the order in which reports have them.
    enum Kind {
        RATE_LIMITED,
        SERVER_ERROR,
        TIMED_OUT,
        BROKEN_OFF,
        NONSENSE,
        REFUSED
    }

    private final Map<Kind, Long> counts = new LinkedHashMap<>();

    /// @return whether it is the first of its kind
    synchronized boolean add(Kind kind) {
        return counts.merge(kind, 1L, Long::sum) == 1;
    }

    synchronized void putInto(SequencedMap<String, Number> numbers) {
        for (Kind kind : Kind.values()) {
            long count = counts.getOrDefault(kind, 0L);
            if (count > 0) numbers.put(kind.name().toLowerCase(Locale.ROOT), count);
        }
    }

    static Kind of(int status) {
        return status == 429 ? Kind.RATE_LIMITED : Kind.SERVER_ERROR;
    }
}
