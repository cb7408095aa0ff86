package dev.caravan.curate;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Min-wise hashing with banding (Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, section
/// 3.4). Of a set's 128 minima, each under a permutation of its own, two sets have as many in common as their Jaccard
/// similarity says; sets that share all minima of a band are candidates.
///
/// The permutations are x ↦ ax + b modulo 2⁶⁴ with odd a, of elements that are hashes already.
///
/// @param rowsPerBand minima of a band
public record MinHash(int rowsPerBand) implements Serializable {
    static final int PERMUTATIONS = 128;
    private static final double RECALL = 0.999;
    private static final long SEED = 0x6d696e68617368L;
    private static final long[] FACTORS =
            new SplittableRandom(SEED).longs(PERMUTATIONS).map(a -> a | 1).toArray();
    private static final long[] SHIFTS =
            new SplittableRandom(~SEED).longs(PERMUTATIONS).toArray();

    /// The widest bands, which bring the fewest needless candidates, under which a pair of just this similarity is a
    /// candidate with a chance of at least 99.9 %: five minima for 0.8.
    public static MinHash reaching(double similarity) {
        int rows = 1;
        while (rows < PERMUTATIONS && new MinHash(rows + 1).chance(similarity) >= RECALL) {
            rows++;
        }
        return new MinHash(rows);
    }

    public int bands() {
        return PERMUTATIONS / rowsPerBand;
    }

    /// The chance that sets of a similarity s are candidates: 1 − (1 − s^r)^b.
    double chance(double similarity) {
        return 1 - Math.pow(1 - Math.pow(similarity, rowsPerBand), bands());
    }

    /// A hash of each band's minima; none for an empty set.
    public long[] bands(long[] set) {
        if (set.length == 0) return new long[0];
        long[] minima = minima(set);
        long[] bands = new long[bands()];
        for (int band = 0; band < bands.length; band++) {
            bands[band] = band;
            for (int i = band * rowsPerBand; i < (band + 1) * rowsPerBand; i++) {
                bands[band] = Long.rotateLeft((bands[band] ^ minima[i]) * FACTORS[0], 29);
            }
        }
        return bands;
    }

    static long[] minima(long[] set) {
        long[] minima = new long[PERMUTATIONS];
        Arrays.fill(minima, Long.MAX_VALUE);
        for (long element : set) {
            for (int i = 0; i < PERMUTATIONS; i++) {
                minima[i] = Math.min(minima[i], element * FACTORS[i] + SHIFTS[i]);
            }
        }
        return minima;
    }
}
