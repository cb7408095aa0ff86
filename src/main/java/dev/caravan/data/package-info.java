/// The records that travel between stages.
@NullMarked
package dev.caravan.data;

import org.jspecify.annotations.NullMarked;
