package dev.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NumbersTest {
    private static final int STEPS_PER_CHARACTER = 12;

    /// A text that counts how often it is looked at.
    private static final class CountedText implements CharSequence {
        private final String text;
        private long looks;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            looks++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }
    }

    @Property
    void stepsGrowNoFasterThanTheText(@ForAll("pieces") String piece, @ForAll Compat compat) {
        var text = new CountedText(piece.repeat(1_000));
        Numbers.last(text, compat);
        assertThat(text.looks).isLessThanOrEqualTo((long) STEPS_PER_CHARACTER * text.length());
    }

    @Property
    void ruleOfTheReleaseIsItsRegularExpression(@ForAll("pieces") String text) {
        String expected = null;
        for (Matcher numbers = Pattern.compile("[-+]?\\d*\\.\\d+|\\d+").matcher(text); numbers.find(); ) {
            expected = numbers.group();
        }
        assertThat(Numbers.last(text, Compat.TULU3).orElse(null)).isEqualTo(expected);
    }

    @Property
    void separatorsGoAsInTheRegularExpressionOfTheRelease(@ForAll("pieces") String text) {
        assertThat(Numbers.withoutThousandsSeparators(text)).isEqualTo(text.replaceAll("(\\d),(\\d)", "$1$2"));
    }

    @Property
    void numbersHaveOneSpellingExactlyWhenTheyAreEqual(@ForAll("numbers") String one, @ForAll("numbers") String other) {
        boolean equal = new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
        assertThat(Numbers.canonical(one).equals(Numbers.canonical(other))).isEqualTo(equal);
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.strings().withChars("0129.,-+ a").ofMinLength(1).ofMaxLength(30);
    }

    @Provide
    Arbitrary<String> numbers() {
        return Arbitraries.of("0", "-0", "+0", "1", "01", "1.0", "-1", "-1.00", ".5", "0.50", "10", "100", "1.5");
    }
}
