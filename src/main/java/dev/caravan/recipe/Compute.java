package dev.caravan.recipe;

import dev.caravan.tensor.Precision;
import java.util.Optional;

/// What stages with a model compute on; what is absent is chosen by the machine.
public record Compute(Optional<Integer> threads, Optional<Precision> precision, Optional<String> device) {}
