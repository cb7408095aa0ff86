package dev.caravan.text;

/// UTF-8 of parts of a string. Half of a surrogate pair, which no Unicode text holds, counts as U+FFFD.
final class Utf8 {
    private static final int REPLACEMENT = 0xFFFD;

    private Utf8() {}

    static byte[] encode(String text, int from, int to) {
        var bytes = new byte[length(text, from, to)];
        int at = 0;
        for (int i = from; i < to; i += Character.charCount(codePoint(text, i, to))) {
            at = put(bytes, at, codePoint(text, i, to));
        }
        return bytes;
    }

    /// For each byte of `text[from, to)`, the place of the character that it belongs to.
    static int[] places(String text, int from, int to) {
        var places = new int[length(text, from, to)];
        int at = 0;
        for (int i = from; i < to; i += Character.charCount(codePoint(text, i, to))) {
            for (int n = length(codePoint(text, i, to)); n > 0; n--) places[at++] = i;
        }
        return places;
    }

    private static int length(String text, int from, int to) {
        int length = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < to && Character.isLowSurrogate(text.charAt(i + 1));
            length += pair ? 4 : length(c);
            if (pair) i++;
        }
        return length;
    }

    private static int codePoint(String text, int at, int to) {
        char c = text.charAt(at);
        return Character.isHighSurrogate(c) && at + 1 < to ? text.codePointAt(at) : c;
    }

    private static int length(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    private static int put(byte[] bytes, int at, int codePoint) {
        int c = codePoint >= 0xD800 && codePoint <= 0xDFFF ? REPLACEMENT : codePoint;
        int length = length(c);
        if (length == 1) {
            bytes[at] = (byte) c;
            return at + 1;
        }
        for (int i = length - 1; i > 0; i--, c >>= 6) bytes[at + i] = (byte) (0x80 | c & 0x3F);
        bytes[at] = (byte) (0xF00 >> length | c);
        return at + length;
    }
}
