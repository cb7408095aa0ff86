package dev.caravan.model;

import java.lang.foreign.MemorySegment;

/// The two orders in which the rows of one head of q or k are stored.
///
/// Hugging Face keeps the first members of all rotated pairs before the second members: row `half * pairs + pair`.
/// ggml keeps the members of a pair together: row `2 * pair + half`.
final class HeadRows {
    private HeadRows() {}

    /// From ggml's order to Hugging Face's; both segments hold one head.
    static void deinterleave(MemorySegment ggml, MemorySegment huggingFace, long rowBytes) {
        long pairs = ggml.byteSize() / rowBytes / 2;
        for (long pair = 0; pair < pairs; pair++) {
            for (long half = 0; half < 2; half++) {
                copyRow(ggml, 2 * pair + half, huggingFace, half * pairs + pair, rowBytes);
            }
        }
    }

    /// From Hugging Face's order to ggml's; both segments hold one head.
    static void interleave(MemorySegment huggingFace, MemorySegment ggml, long rowBytes) {
        long pairs = ggml.byteSize() / rowBytes / 2;
        for (long pair = 0; pair < pairs; pair++) {
            for (long half = 0; half < 2; half++) {
                copyRow(huggingFace, half * pairs + pair, ggml, 2 * pair + half, rowBytes);
            }
        }
    }

    private static void copyRow(MemorySegment source, long from, MemorySegment target, long to, long rowBytes) {
        MemorySegment.copy(source, from * rowBytes, target, to * rowBytes, rowBytes);
    }
}
