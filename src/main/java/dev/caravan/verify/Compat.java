package dev.caravan.verify;

/// Which of two sets of rules a verifier follows where the code behind the published Tülu 3 numbers had defects.
public enum Compat {
    /// The defects mended.
    CURRENT,
    /// Exactly what the release computed in December 2024, defects included.
    TULU3
}
