package dev.caravan.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LowercaseTest {
    @Property(tries = 2000)
    void wordsAreWhatTheLibraryMakesOfThem(
            @ForAll @StringLength(max = 12) @Chars({'Σ', 'σ', 'Α', 'İ', 'z', 'ß', ' ', '!'}) String text) {
        assertThat(Lowercase.of(text)).isEqualTo(text.toLowerCase(Locale.ROOT));
    }

    @Property(tries = 2000)
    void textsWithoutCapitalSigmaAreWhatTheLibraryMakesOfThem(
            @ForAll @StringLength(max = 40) @CharRange(to = '\u02ff') String text) {
        assertThat(Lowercase.of(text)).isEqualTo(text.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @CsvSource({"ΟΔΟΣ, οδος", "ΣΑΣ, σας", "Σ, σ", "ΑΣ ΑΣΑ, ας ασα", "𝐀Σ, 𝐀ς", "ΑΣ.Α, ασ.α"})
    void sigmaAtTheEndOfAWordIsTheFinalOne(String text, String lower) {
        assertThat(Lowercase.of(text)).isEqualTo(lower);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Σ", "İ", "A"})
    void longRunsTakeNoLongerThanOtherTexts(String letter) {
        String text = letter.repeat(1_000_000);
        long started = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        assertThat(Lowercase.of(text)).hasSizeGreaterThanOrEqualTo(1_000_000);
        assertThat(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - started)
                .isLessThan(1_000_000_000L);
    }
}
