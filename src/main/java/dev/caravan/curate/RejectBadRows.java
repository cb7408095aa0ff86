package dev.caravan.curate;

import dev.caravan.config.Default;

/// Bad rows are set aside with their reasons, and end the reading when they become too many.
///
/// @param share of a source's rows that may be bad
public record RejectBadRows(@Default("0.01") double share) implements BadRows {
    public RejectBadRows {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be above 0 and at most 1, got " + share);
        }
    }
}
