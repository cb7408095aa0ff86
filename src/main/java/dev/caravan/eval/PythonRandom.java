package dev.caravan.eval;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Python's `random.Random` as far as examples are drawn with it: the Mersenne Twister MT19937
/// ([Matsumoto and Nishimura 1998](https://doi.org/10.1145/272991.272995)) seeded by an array of one word, and
/// `sample`. Tasks draw their examples with it so that they are the ones that the field's harness draws.
final class PythonRandom {
    private static final int N = 624;
    private static final int M = 397;

    private final int[] state = new int[N];
    private int next = N;

    /// @param seed not negative
    PythonRandom(int seed) {
        fill(19_650_218);
        int i = 1;
        for (int k = 0; k < N; k++) {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1_664_525)) + seed;
            i = following(i);
        }
        for (int k = 0; k < N - 1; k++) {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1_566_083_941)) - i;
            i = following(i);
        }
        state[0] = 0x80000000;
    }

    private void fill(int seed) {
        state[0] = seed;
        for (int i = 1; i < N; i++) {
            state[i] = 1_812_433_253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    private int following(int i) {
        if (i + 1 < N) return i + 1;
        state[0] = state[N - 1];
        return 1;
    }

    int bits(int count) {
        if (next == N) twist();
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        y ^= y >>> 18;
        return y >>> (32 - count);
    }

    private void twist() {
        for (int i = 0; i < N; i++) {
            int y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
            state[i] = state[(i + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        next = 0;
    }

    /// Uniform in 0 … bound − 1.
    int below(int bound) {
        int width = 32 - Integer.numberOfLeadingZeros(bound);
        int drawn = bits(width);
        while (drawn >= bound) drawn = bits(width);
        return drawn;
    }

    /// `count` different elements: drawn from a pool that shrinks where they are a good part of all, otherwise
    /// drawn again when they were drawn before.
    <T> List<T> sample(List<T> population, int count) {
        int n = population.size();
        if (count > n) {
            throw new IllegalArgumentException("cannot draw %d different elements of %d".formatted(count, n));
        }
        return n <= largestPool(count) ? fromPool(population, count) : fromAll(population, count);
    }

    private static int largestPool(int count) {
        return count <= 5 ? 21 : 21 + (1 << (2 * (int) Math.ceil(Math.log(count * 3) / Math.log(4))));
    }

    private <T> List<T> fromPool(List<T> population, int count) {
        var pool = new ArrayList<>(population);
        var drawn = new ArrayList<T>();
        for (int i = 0; i < count; i++) {
            int left = pool.size() - i;
            int at = below(left);
            drawn.add(pool.get(at));
            pool.set(at, pool.get(left - 1));
        }
        return drawn;
    }

    private <T> List<T> fromAll(List<T> population, int count) {
        var seen = new HashSet<Integer>();
        var drawn = new ArrayList<T>();
        while (drawn.size() < count) {
            int at = below(population.size());
            if (seen.add(at)) drawn.add(population.get(at));
        }
        return drawn;
    }
}
