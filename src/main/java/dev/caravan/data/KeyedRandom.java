package dev.caravan.data;

import com.dynatrace.hash4j.hashing.Hashing;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Random numbers keyed by what they are for: the draws of row `i` depend on the seed, the purpose and `i`, and on no
/// other row. So a data set is the same whatever its length, the order in which it is made, and who else draws.
public final class KeyedRandom {
    private KeyedRandom() {}

    /// @param purpose what is drawn, such as `problem`; different purposes give unrelated numbers
    public static RandomGenerator of(long seed, String purpose, long index) {
        return new SplittableRandom(Hashing.komihash5_0()
                .hashStream()
                .putLong(seed)
                .putString(purpose)
                .putLong(index)
                .getAsLong());
    }

    /// As [#of(long, String, long)], keyed by a row's id instead of its number.
    public static RandomGenerator of(long seed, String purpose, String id) {
        return of(seed, purpose, Hashing.komihash5_0().hashCharsToLong(id));
    }
}
