/// Open post-training for language models on the JVM. This package holds only the errors that a user can act on; the
/// rest lies in ordered packages, each of which uses only those after it:
/// `cli, recipe, eval, train, judge, generate, model, tensor, verify, curate, text, data, config, io`.
@NullMarked
package dev.caravan;

import org.jspecify.annotations.NullMarked;
