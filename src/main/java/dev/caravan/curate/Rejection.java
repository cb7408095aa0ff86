package dev.caravan.curate;

import dev.caravan.data.Conversation;

/// A row that left, and why.
///
/// @param filter the name of what rejected it, the key under which it is counted
/// @param reason in words for people
public record Rejection(Conversation row, String filter, String reason) {}
