/// Answers to mathematical questions: where they stand in a text, how they are written, and when two are equal.
@NullMarked
package dev.caravan.verify.maths;

import org.jspecify.annotations.NullMarked;
