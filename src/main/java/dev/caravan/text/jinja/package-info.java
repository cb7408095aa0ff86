/// The part of Jinja that chat templates use, with Python's semantics, in strings that know where their characters
/// came from. Rendering is bounded: no template can loop without end or grow without limit.
@NullMarked
package dev.caravan.text.jinja;

import org.jspecify.annotations.NullMarked;
