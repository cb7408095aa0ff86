/// Verifiable instructions: what a prompt may demand of the form of a response, and whether a response meets it.
@NullMarked
package dev.caravan.verify.instructions;

import org.jspecify.annotations.NullMarked;
