package dev.caravan.text;

import org.jspecify.annotations.Nullable;

/// Remembers the ids of recent pieces: direct-mapped, so bounded, and safe for any number of threads without locks,
/// because an entry never changes and a lost race costs only a second computation.
final class PieceCache {
    private static final int SLOTS = 1 << 16;
    private static final int LONGEST = 48; // characters

    private record Entry(String piece, int[] ids) {}

    private final @Nullable Entry[] entries = new @Nullable Entry[SLOTS];

    /// The ids of `text[from, to)`, or null when they are not remembered.
    int @Nullable [] find(String text, int from, int to) {
        int length = to - from;
        if (length > LONGEST) return null;
        Entry entry = entries[slot(text, from, to)];
        boolean hit = entry != null && entry.piece.length() == length && text.startsWith(entry.piece, from);
        return hit ? entry.ids : null;
    }

    void remember(String text, int from, int to, int[] ids) {
        if (to - from > LONGEST) return;
        entries[slot(text, from, to)] = new Entry(text.substring(from, to), ids);
    }

    private static int slot(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) hash = hash * 0x01000193 + text.charAt(i);
        return (hash * 0x9E3779B9) >>> 16;
    }
}
