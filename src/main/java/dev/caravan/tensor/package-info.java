/// Tensors over libtorch: the only package that names the engine.
@NullMarked
package dev.caravan.tensor;

import org.jspecify.annotations.NullMarked;
