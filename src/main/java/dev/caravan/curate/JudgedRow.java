package dev.caravan.curate;

import java.util.List;
import java.util.Optional;

/// A training row on its way out of decontamination.
///
/// @param reason why it leaves, as it is counted; absent when it stays
/// @param line the row as JSON, with the item that it repeats when it leaves
public record JudgedRow(String source, List<Overlap> overlaps, Optional<String> reason, byte[] line) {}
