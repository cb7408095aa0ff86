/// The language of a text.
@NullMarked
package dev.caravan.text.language;

import org.jspecify.annotations.NullMarked;
