package dev.caravan.text;

import java.util.Locale;

/// Texts in upper case, in time that grows with their length alone. [String#toUpperCase] copies what it has at every
/// character that becomes several, as `ß` becomes `SS`.
public final class Uppercase {
    private static final int ASCII = 0x80;

    private Uppercase() {}

    /// The text by Unicode's full mapping.
    public static String of(String text) {
        var upper = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c < ASCII) upper.append((char) Character.toUpperCase(c));
            else upper.append(Character.toString(c).toUpperCase(Locale.ROOT));
        });
        return upper.toString();
    }
}
