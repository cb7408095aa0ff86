package dev.caravan.verify;

/// A verifier of the user's own. Its jar names the implementing class in
/// `META-INF/services/dev.caravan.verify.VerifierProvider`; recipes and data then name it by [#name].
public interface VerifierProvider {
    String name();

    /// What it decides and what it expects, in one line for `caravan verify --list`.
    String description();

    /// To be raised whenever a verdict changes: stages that asked for verdicts then run again.
    default int version() {
        return 1;
    }

    Verifier verifier();
}
