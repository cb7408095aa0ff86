package dev.caravan.prove;

import java.util.function.ToDoubleFunction;

/// Two ways to the same numbers, and how far apart they may end.
///
/// @param bound the largest difference that rounding explains; 0: not a bit
/// @param difference goes both ways
record Law(String name, double bound, ToDoubleFunction<Specimen> difference) {}
