/// Prompts and answers written by a model for people it is told of.
@NullMarked
package dev.caravan.generate.synthesis;

import org.jspecify.annotations.NullMarked;
