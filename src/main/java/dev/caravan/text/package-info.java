/// Tokenizers, chat templates and the token contract.
@NullMarked
package dev.caravan.text;

import org.jspecify.annotations.NullMarked;
