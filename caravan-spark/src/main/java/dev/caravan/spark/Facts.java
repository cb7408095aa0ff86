package dev.caravan.spark;

import com.dynatrace.hash4j.hashing.HashValue128;
import dev.caravan.curate.Deduplicator;
import dev.caravan.curate.Keep;
import dev.caravan.curate.Shingles;
import dev.caravan.data.Conversation;
import java.io.Serializable;

/// What deduplication needs to know of a row.
///
/// @param rank of how little it is worth keeping
/// @param text first half of the hash of its normalised text
/// @param moreText second half
/// @param shingles none where only exact duplicates are looked for
record Facts(long place, String id, String source, long rank, long text, long moreText, long[] shingles)
        implements Serializable {
    private static final long[] NONE = {};

    static Facts of(long place, Conversation row, Keep keep, boolean near) {
        HashValue128 hash = Deduplicator.normalHash(row);
        return new Facts(
                place,
                row.id(),
                row.source(),
                keep.rank(row),
                hash.getMostSignificantBits(),
                hash.getLeastSignificantBits(),
                near ? Shingles.of(row) : NONE);
    }
}
