package dev.caravan.spark;

import java.io.Serializable;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;

/// Where a row stands among all: the number of its piece, and its number in the piece. As one number, in the order of
/// the local runner.
final class Place {
    private static final int INDEX_BITS = 40;

    private Place() {}

    static long of(int piece, long index) {
        return (long) piece << INDEX_BITS | index;
    }

    static int piece(long place) {
        return (int) (place >> INDEX_BITS);
    }

    static long index(long place) {
        return place & (1L << INDEX_BITS) - 1;
    }

    /// Values by place, moved to where their rows are: those of piece p in partition p, in order.
    static <T> JavaPairRDD<Long, T> byPiece(JavaPairRDD<Long, T> values, int pieces) {
        return values.repartitionAndSortWithinPartitions(new ByPiece(pieces));
    }

    private static final class ByPiece extends Partitioner implements Serializable {
        private final int pieces;

        ByPiece(int pieces) {
            this.pieces = pieces;
        }

        @Override
        public int numPartitions() {
            return pieces;
        }

        @Override
        public int getPartition(Object place) {
            return piece((Long) place);
        }
    }
}
