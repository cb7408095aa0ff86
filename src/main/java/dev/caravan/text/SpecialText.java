package dev.caravan.text;

/// Says which parts of a text may be read as special tokens.
@FunctionalInterface
public interface SpecialText {
    /// Nothing may: a special token that is written out stays text.
    SpecialText NOWHERE = (from, to) -> false;

    /// Everything may.
    SpecialText EVERYWHERE = (from, to) -> true;

    /// Whether the special token written out as `[from, to)` of the text may become one.
    boolean mayBeSpecial(int from, int to);
}
