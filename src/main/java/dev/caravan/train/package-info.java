/// Losses, advantages, the train loop and one trainer per method.
@NullMarked
package dev.caravan.train;

import org.jspecify.annotations.NullMarked;
