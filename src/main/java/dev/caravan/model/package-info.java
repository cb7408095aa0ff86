/// Decoder-only transformers, their configurations and weight files.
@NullMarked
package dev.caravan.model;

import org.jspecify.annotations.NullMarked;
