/// Sampling completions from a model.
@NullMarked
package dev.caravan.generate;

import org.jspecify.annotations.NullMarked;
