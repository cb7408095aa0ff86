package dev.caravan.text.jinja;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// A string whose characters know their origin, in runs. Two are equal when their characters are.
public final class TracedText implements Comparable<TracedText> {
    public static final TracedText EMPTY = new TracedText("", new int[0], new Origin[0]);

    private final String chars;
    private final int[] ends; // of each run
    private final Origin[] origins; // of each run

    private TracedText(String chars, int[] ends, Origin[] origins) {
        this.chars = chars;
        this.ends = ends;
        this.origins = origins;
    }

    public static TracedText of(String chars, Origin origin) {
        return chars.isEmpty() ? EMPTY : new TracedText(chars, new int[] {chars.length()}, new Origin[] {origin});
    }

    static TracedText template(String chars) {
        return of(chars, Origin.TEMPLATE);
    }

    public int length() {
        return chars.length();
    }

    boolean isEmpty() {
        return chars.isEmpty();
    }

    /// The origin of the character at a place.
    public Origin origin(int at) {
        return origins[run(at)];
    }

    /// The end of the run of one origin that `at` lies in.
    public int runEnd(int at) {
        return ends[run(at)];
    }

    private int run(int at) {
        int found = Arrays.binarySearch(ends, at);
        return found >= 0 ? found + 1 : -found - 1;
    }

    TracedText slice(int from, int to) {
        if (from == 0 && to == length()) return this;
        return from >= to ? EMPTY : new Builder().append(this, from, to).build();
    }

    TracedText plus(TracedText other) {
        if (isEmpty()) return other;
        return other.isEmpty() ? this : new Builder().append(this).append(other).build();
    }

    /// This text with every run changed on its own, for changes of case and the like.
    TracedText mapRuns(UnaryOperator<String> change) {
        var builder = new Builder();
        for (int at = 0; at < length(); at = runEnd(at)) {
            builder.append(change.apply(chars.substring(at, runEnd(at))), origin(at));
        }
        return builder.build();
    }

    /// The characters of `changed`, which replace this text's one for one; where the number differs, run by run.
    TracedText mapped(UnaryOperator<String> change) {
        String changed = change.apply(chars);
        return changed.length() == length() ? new TracedText(changed, ends, origins) : mapRuns(change);
    }

    TracedText inGeneration() {
        var generated = new Origin[origins.length];
        Arrays.setAll(generated, i -> origins[i].inGeneration());
        return new TracedText(chars, ends, generated);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TracedText text && text.chars.equals(chars);
    }

    @Override
    public int hashCode() {
        return chars.hashCode();
    }

    /// By code points, as Python orders strings.
    @Override
    public int compareTo(TracedText other) {
        int common = Math.min(length(), other.length());
        int at = 0;
        while (at < common && chars.charAt(at) == other.chars.charAt(at)) at++;
        if (at == common) return length() - other.length();
        return Integer.compare(order(chars.charAt(at)), order(other.chars.charAt(at)));
    }

    /// Surrogates stand for code points above all others.
    private static int order(char c) {
        return Character.isSurrogate(c) ? 0x10000 + c : c;
    }

    @Override
    public String toString() {
        return chars;
    }

    /// Grows a text run by run.
    static final class Builder {
        private final StringBuilder chars = new StringBuilder();
        private final List<Integer> ends = new ArrayList<>();
        private final List<Origin> origins = new ArrayList<>();

        Builder append(String text, Origin origin) {
            if (text.isEmpty()) return this;
            Limits.checkText((long) chars.length() + text.length());
            chars.append(text);
            if (!origins.isEmpty() && origins.getLast().equals(origin)) {
                ends.removeLast();
            } else {
                origins.add(origin);
            }
            ends.add(chars.length());
            return this;
        }

        Builder append(TracedText text) {
            return append(text, 0, text.length());
        }

        Builder append(TracedText text, int from, int to) {
            for (int at = from; at < to; ) {
                int end = Math.min(to, text.runEnd(at));
                append(text.chars.substring(at, end), text.origin(at));
                at = end;
            }
            return this;
        }

        Builder template(String text) {
            return append(text, Origin.TEMPLATE);
        }

        int length() {
            return chars.length();
        }

        TracedText build() {
            if (chars.isEmpty()) return EMPTY;
            int[] runEnds = ends.stream().mapToInt(Integer::intValue).toArray();
            return new TracedText(chars.toString(), runEnds, origins.toArray(Origin[]::new));
        }
    }
}
