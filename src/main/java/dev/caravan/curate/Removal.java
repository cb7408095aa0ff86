package dev.caravan.curate;

/// A training row that repeats a test item.
///
/// @param item the item that it repeats most of
public record Removal<T>(T row, TestItem item, Overlap overlap) {}
