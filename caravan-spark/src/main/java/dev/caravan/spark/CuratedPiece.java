package dev.caravan.spark;

import dev.caravan.curate.Statistics;
import java.io.Serializable;
import java.util.List;

/// What a task made of a piece.
///
/// @param parts of the rows that stay, and of the others
record CuratedPiece(List<String> parts, Statistics statistics) implements Serializable {}
