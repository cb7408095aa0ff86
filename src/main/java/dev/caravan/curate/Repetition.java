package dev.caravan.curate;

import java.io.Serializable;
import java.util.Locale;

/// Why a row leaves that says what another says.
///
/// @param filter the name under which it is counted
/// @param reason in words for people
public record Repetition(String filter, String reason) implements Serializable {
    /// @param equal whether the two say exactly the same, see [Deduplicator#normalHash]
    /// @param kept the id of the row that stays
    /// @param similarity of their shingles
    public static Repetition of(boolean equal, String kept, double similarity) {
        return equal
                ? new Repetition(Deduplicator.NAME, "says the same as row " + kept)
                : new Repetition(
                        Deduplicator.NEAR_NAME,
                        String.format(
                                Locale.ROOT, "says nearly the same as row %s (similarity %.2f)", kept, similarity));
    }
}
