package dev.caravan.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The ids are those of Hugging Face's tokenizers 0.23 for the same `tokenizer.json`, without truncation.
class WordPiecesTest {
    private static final WordPieces PIECES = pieces();

    private static WordPieces pieces() {
        try (InputStream in = WordPieces.class.getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json")) {
            return WordPieces.read(Objects.requireNonNull(in).readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("How many eggs does the hen lay?", ids(2129, 2116, 6763, 2515, 1996, 21863, 3913, 1029)),
                Arguments.of(
                        "Ünïcode: naïve façade — 東京 2024!",
                        ids(27260, 1024, 15743, 8508, 1517, 1879, 1755, 16798, 2549, 999)),
                Arguments.of(
                        "antidisestablishmentarianism's un-believable $3.50",
                        ids(
                                3424, 10521, 4355, 7875, 13602, 3672, 12199, 2964, 1005, 1055, 4895, 1011, 19337, 2666,
                                12423, 1002, 1017, 1012, 2753)),
                Arguments.of("", ids()),
                Arguments.of(" \t\n", ids()),
                Arguments.of("x".repeat(101) + " y", ids(100, 1061)),
                Arguments.of("ﬁne İstanbul ﷺ \u200bzero", ids(1984, 2638, 9960, 100, 5717)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textIsCutAsTheReferenceCutsIt(String text, long[] expected) {
        assertThat(PIECES.ids(text)).isEqualTo(expected);
    }

    @Test
    void longTextEndsAtThe256thToken() {
        long[] ids = PIECES.ids("hen ".repeat(1000));
        assertThat(ids).hasSize(256).startsWith(101, 21863).endsWith(21863, 102);
    }

    private static long[] ids(long... within) {
        return Stream.of(new long[] {101}, within, new long[] {102})
                .flatMapToLong(java.util.Arrays::stream)
                .toArray();
    }
}
