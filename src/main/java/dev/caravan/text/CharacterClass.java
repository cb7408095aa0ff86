package dev.caravan.text;

/// The four classes of characters that pre-tokenisers tell apart: `\p{L}`, `\p{N}`, `\s` (Unicode's White_Space) and
/// the
/// rest. Line breaks are a class of their own inside white space.
final class CharacterClass {
    static final byte OTHER = 0;
    static final byte LETTER = 1;
    static final byte NUMBER = 2;
    static final byte SPACE = 3;
    static final byte LINE_BREAK = 4;

    private static final byte[] BASIC_PLANE = basicPlane();

    private CharacterClass() {}

    private static byte[] basicPlane() {
        var classes = new byte[0x10000];
        for (int c = 0; c < classes.length; c++) classes[c] = classify(c);
        return classes;
    }

    static byte of(int codePoint) {
        return codePoint < 0x10000 ? BASIC_PLANE[codePoint] : classify(codePoint);
    }

    static boolean isSpace(byte characterClass) {
        return characterClass >= SPACE;
    }

    private static byte classify(int codePoint) {
        if (codePoint == '\n' || codePoint == '\r') return LINE_BREAK;
        if (codePoint >= 0x09 && codePoint <= 0x0D || codePoint == 0x85) return SPACE;
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER -> LETTER;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> SPACE;
            default -> OTHER;
        };
    }
}
