/// Verifiers: completion and expected answer to verdict.
@NullMarked
package dev.caravan.verify;

import org.jspecify.annotations.NullMarked;
