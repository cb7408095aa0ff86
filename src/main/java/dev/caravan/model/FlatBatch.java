package dev.caravan.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Token sequences laid end to end without padding: everything but attention sees one matrix of `tokens` rows.
///
/// A segment attends to itself, causally, and before that to the whole of its prefix segment where it has one: so the
/// answers to one prompt share a single copy of the prompt.
public final class FlatBatch {
    /// @param start first row of the segment
    /// @param length rows of the segment
    /// @param prefixStart first row of the prefix that it continues
    /// @param prefixLength rows of that prefix; 0 for a document that stands alone
    public record Segment(int start, int length, int prefixStart, int prefixLength) {}

    private final int[] ids;
    private final int[] positions;
    private final List<Segment> segments;

    private FlatBatch(int[] ids, int[] positions, List<Segment> segments) {
        this.ids = ids;
        this.positions = positions;
        this.segments = List.copyOf(segments);
    }

    /// Documents that have nothing in common.
    public static FlatBatch of(List<int[]> documents) {
        var builder = new Builder();
        documents.forEach(builder::document);
        return builder.build();
    }

    public int[] ids() {
        return ids;
    }

    /// The position of each token in its sequence, prefix counted.
    public int[] positions() {
        return positions;
    }

    public List<Segment> segments() {
        return segments;
    }

    public int tokens() {
        return ids.length;
    }

    /// Lays sequences out one after the other.
    public static final class Builder {
        private int[] ids = new int[256];
        private int[] positions = new int[256];
        private int size;
        private final List<Segment> segments = new ArrayList<>();

        /// Adds a sequence that stands alone and returns its segment.
        public Segment document(int[] tokens) {
            return add(tokens, 0, 0);
        }

        /// Adds a continuation of an earlier segment that stands alone itself.
        public Segment continuation(Segment prefix, int[] tokens) {
            if (prefix.prefixLength() > 0) {
                throw new IllegalArgumentException(
                        "a prefix must stand alone, but starts after " + prefix.prefixLength() + " tokens");
            }
            return add(tokens, prefix.start(), prefix.length());
        }

        private Segment add(int[] tokens, int prefixStart, int prefixLength) {
            if (tokens.length == 0) {
                throw new IllegalArgumentException("a segment needs at least one token");
            }
            grow(size + tokens.length);
            System.arraycopy(tokens, 0, ids, size, tokens.length);
            for (int i = 0; i < tokens.length; i++) {
                positions[size + i] = prefixLength + i;
            }
            var segment = new Segment(size, tokens.length, prefixStart, prefixLength);
            segments.add(segment);
            size += tokens.length;
            return segment;
        }

        private void grow(int needed) {
            if (needed > ids.length) {
                ids = Arrays.copyOf(ids, Math.max(needed, 2 * ids.length));
                positions = Arrays.copyOf(positions, ids.length);
            }
        }

        public FlatBatch build() {
            return new FlatBatch(Arrays.copyOf(ids, size), Arrays.copyOf(positions, size), segments);
        }
    }
}
