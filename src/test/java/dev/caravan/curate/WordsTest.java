package dev.caravan.curate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void wordsAreRunsOfLettersAndDigitsInLowerCase() {
        assertThat(Words.of("It's 3.5 km, isn’t it?")).containsExactly("it", "s", "3", "5", "km", "isn", "t", "it");
        assertThat(Words.of("snake_case\u00a0and\u200bmore—dashes"))
                .containsExactly("snake", "case", "and", "more", "dashes");
        assertThat(Words.of(" ?! ")).isEmpty();
    }

    @Test
    void accentsAreReadAlikeAsOneCharacterOrTwo() {
        assertThat(Words.of("Cafe\u0301 A\u030Angstro\u0308m")).isEqualTo(Words.of("café ångström"));
    }

    @Test
    void otherFormsOfLettersAndDigitsAreReadAsTheLetters() {
        assertThat(Words.of("Ｆｕｌｌ ｗｉｄｔｈ １２")).containsExactly("full", "width", "12");
        assertThat(Words.of("\uFB01nd \uD835\uDC00\uD835\uDFCF")).containsExactly("find", "a1");
        assertThat(Words.of("ﾊﾛｰ")).isEqualTo(Words.of("ハロー"));
    }

    @Test
    void lettersBeyondTheBasicPlaneAreWholeWords() {
        assertThat(Words.of("\uD801\uDC00x 漢字 слово")).hasSize(3).contains("漢字", "слово");
    }
}
