package dev.caravan.recipe;

/// One thing that a stage reads.
///
/// @param key the recipe's key, for messages
/// @param artifact what it must be
public record Input(String key, Reference reference, Artifact artifact) {}
