/// The numerical laws that training and generation rest on, shown on the machine at hand.
@NullMarked
package dev.caravan.prove;

import org.jspecify.annotations.NullMarked;
