/// Files: the only package that opens one for writing.
@NullMarked
package dev.caravan.io;

import org.jspecify.annotations.NullMarked;
