package dev.caravan.curate;

/// How much of a source goes into a mix. The permitted records are the recipe's choices: a number alone would
/// not say whether 1 is one row or all of them.
public sealed interface Weight {
    /// A share of the source's rows: 1 is all of them, 2 each of them twice.
    ///
    /// @param of rows in the mix for each row of the source
    record Fraction(double of) implements Weight {
        public Fraction {
            if (!(of > 0)) throw new IllegalArgumentException("of must be positive, got " + of);
        }
    }

    /// A number of rows.
    ///
    /// @param rows how many
    record Count(long rows) implements Weight {
        public Count {
            if (rows < 1) throw new IllegalArgumentException("rows must be at least 1, got " + rows);
        }
    }

    /// A share of the mix.
    ///
    /// @param of rows of the source for each row of the mix
    record Share(double of) implements Weight {
        public Share {
            if (!(of > 0 && of <= 1)) {
                throw new IllegalArgumentException("of must be above 0 and at most 1, got " + of);
            }
        }
    }
}
