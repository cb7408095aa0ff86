package dev.caravan.data;

/// Counter-based random numbers: each draw is a pure function of the seed, a purpose and up to three counters (step,
/// sample, position), so that no draw depends on how many came before it, on threads or on a resume.
///
/// Each key is absorbed by the finaliser of SplitMix64 (Steele, Lea and Flood 2014), which passes BigCrush on
/// counters.
public final class Draws {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private final long key;

    /// @param purpose what the draws are for; other purposes of the same seed are independent
    public Draws(long seed, String purpose) {
        long hash = mix(seed + GOLDEN);
        for (int i = 0; i < purpose.length(); i++) {
            hash = mix(hash ^ (purpose.charAt(i) + GOLDEN));
        }
        key = hash;
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    private static long absorb(long hash, long counter) {
        return mix(hash + GOLDEN * (2 * counter + 1));
    }

    /// 64 random bits.
    public long bits(long one, long two, long three) {
        return absorb(absorb(absorb(key, one), two), three);
    }

    public long bits(long counter) {
        return absorb(key, counter);
    }

    /// Uniform in [0, 1), a multiple of 2⁻⁵³.
    public double uniform(long one, long two, long three) {
        return (bits(one, two, three) >>> 11) * UNIT;
    }

    public double uniform(long counter) {
        return (bits(counter) >>> 11) * UNIT;
    }

    /// Uniform in 0 … bound − 1.
    public int below(int bound, long one, long two, long three) {
        return (int) (uniform(one, two, three) * bound);
    }

    /// Standard normal, by the Box–Muller transform of two uniforms.
    public double normal(long counter) {
        double radius = Math.sqrt(-2 * Math.log(1 - uniform(counter, 0, 0)));
        return radius * Math.cos(2 * Math.PI * uniform(counter, 1, 0));
    }

    /// The numbers 0 … size − 1 in random order (Fisher–Yates), a pure function of the round.
    public int[] permutation(int size, long round) {
        var order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = below(i + 1, round, i, 0);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
