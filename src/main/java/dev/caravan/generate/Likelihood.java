package dev.caravan.generate;

/// How likely a continuation is.
///
/// @param logProb the sum over its tokens
/// @param tokens how many it has
public record Likelihood(double logProb, int tokens) {}
