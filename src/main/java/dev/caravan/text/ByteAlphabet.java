package dev.caravan.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The printable stand-ins for the 256 bytes that byte-level vocabularies are written in.
///
/// A byte that is a visible Latin-1 character stands for itself; the other 68, in order, are U+0100, U+0101 and so on
/// ([GPT-2](https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf),
/// section 2.2). A space is therefore `Ġ` and a line feed `Ċ`.
final class ByteAlphabet {
    private static final int VISIBLE_OFFSET = 0x100;
    private static final char[] CHARACTER_OF_BYTE = new char[256];
    private static final short[] BYTE_OF_CHARACTER = new short[VISIBLE_OFFSET + 256];

    static {
        Arrays.fill(BYTE_OF_CHARACTER, (short) -1);
        int next = VISIBLE_OFFSET;
        for (int b = 0; b < 256; b++) {
            char character = isVisible(b) ? (char) b : (char) next++;
            CHARACTER_OF_BYTE[b] = character;
            BYTE_OF_CHARACTER[character] = (short) b;
        }
    }

    private ByteAlphabet() {}

    private static boolean isVisible(int b) {
        return b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
    }

    /// The character that stands for a byte, given as 0 to 255.
    static char character(int b) {
        return CHARACTER_OF_BYTE[b];
    }

    /// The byte (0 to 255) that a character stands for, or -1.
    static int byteOf(char character) {
        return character < BYTE_OF_CHARACTER.length ? BYTE_OF_CHARACTER[character] : -1;
    }

    /// The stand-ins for all bytes of `bytes`.
    static String write(byte[] bytes) {
        var symbols = new char[bytes.length];
        for (int i = 0; i < bytes.length; i++) symbols[i] = character(bytes[i] & 0xFF);
        return new String(symbols);
    }

    /// The bytes that `symbols` stands for; where it holds a character that stands for none, its UTF-8 form.
    static byte[] read(String symbols) {
        var bytes = new byte[symbols.length()];
        for (int i = 0; i < bytes.length; i++) {
            int b = byteOf(symbols.charAt(i));
            if (b < 0) return symbols.getBytes(StandardCharsets.UTF_8);
            bytes[i] = (byte) b;
        }
        return bytes;
    }
}
