package dev.caravan.verify.maths;

/// A piece of a written answer.
///
/// @param text digits, a letter, the name of a command without its backslash, words, or the sign itself
/// @param spaced whether there is white space before it
record Token(Kind kind, String text, boolean spaced) {
    enum Kind {
        NUMBER,
        LETTER,
        COMMAND,
        /// Text in words: the content of `\text{…}`, or a word in running letters.
        WORDS,
        /// A bracket, an operator, a relation or a separator.
        SIGN,
        BEGIN,
        END,
        STOP
    }

    boolean is(Kind wanted, String wantedText) {
        return kind == wanted && text.equals(wantedText);
    }

    boolean isSign(String sign) {
        return is(Kind.SIGN, sign);
    }

    boolean isCommand(String name) {
        return is(Kind.COMMAND, name);
    }
}
