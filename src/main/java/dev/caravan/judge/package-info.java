/// Preference pairs from completions: who decides which of two is better.
@NullMarked
package dev.caravan.judge;

import org.jspecify.annotations.NullMarked;
