package dev.caravan.curate;

/// What becomes of rows that cannot be used as they are written. The permitted records are the recipe's choices.
public sealed interface BadRows permits StopBadRows, RejectBadRows {
    /// The share of a source's rows that may be bad.
    double share();
}
