package dev.caravan.data;

/// What decides whether a completion is right.
///
/// @param verifier the verifier's name, as `caravan verify --list` prints it
/// @param expected the answer it needs: plain text, or JSON for verifiers with structured expectations
public record Check(String verifier, String expected) {}
