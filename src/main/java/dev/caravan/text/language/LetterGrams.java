package dev.caravan.text.language;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;

/// The sequences of one to three letters by which a language is known, taken from a text as they were taken from the
/// texts behind the profiles: addresses and mail go, letters that tell languages apart no further become one.
final class LetterGrams {
    private static final int LONGEST_TEXT = 10_000;
    private static final int LONGEST_GRAM = 3;
    private static final Pattern ADDRESS = Pattern.compile("https?://[-_.?&~;+=/#0-9A-Za-z]{1,2076}");
    private static final Pattern MAIL =
            Pattern.compile("[-_.0-9A-Za-z]{1,64}@[-_0-9A-Za-z]{1,255}[-_.0-9A-Za-z]{1,255}");
    private static final Pattern VIETNAMESE =
            Pattern.compile("[AEIOUYaeiouyÂÊÔâêôĂăƠơƯư][\\u0300\\u0301\\u0303\\u0309\\u0323]");
    private static final Map<Integer, Integer> IDEOGRAPHS = ideographs();

    private final int[] window = new int[LONGEST_GRAM];
    private int size;
    private boolean inCapitals;

    private LetterGrams() {
        window[size++] = ' ';
    }

    /// The grams of the first 10,000 characters, in order; words of which two letters in a row are capitals give
    /// none from there on.
    static List<String> of(String text) {
        var grams = new LetterGrams();
        var found = new ArrayList<String>();
        for (int c : withoutForeignLatin(cleaned(text))) {
            grams.add(c);
            grams.collect(found);
        }
        return found;
    }

    private static int[] cleaned(String text) {
        String plain = ADDRESS.matcher(text).replaceAll(" ");
        String bare = plain.indexOf('@') < 0 ? plain : MAIL.matcher(plain).replaceAll(" ");
        String composed =
                VIETNAMESE.matcher(bare).replaceAll(pair -> Normalizer.normalize(pair.group(), Normalizer.Form.NFC));
        int[] letters = composed.codePoints().limit(LONGEST_TEXT).toArray();
        int kept = 0;
        for (int c : letters) {
            if (c != ' ' || kept == 0 || letters[kept - 1] != ' ') {
                letters[kept++] = c;
            }
        }
        return Arrays.copyOf(letters, kept);
    }

    /// Without Latin letters where these are less than half as many as those of other scripts.
    private static int[] withoutForeignLatin(int[] letters) {
        long latin = Arrays.stream(letters).filter(LetterGrams::isPlainLatin).count();
        long other = Arrays.stream(letters).filter(c -> c >= 0x300).count();
        return latin * 2 < other
                ? Arrays.stream(letters).filter(c -> !isPlainLatin(c)).toArray()
                : letters;
    }

    /// From `A` to `z`, the six signs between the alphabets among them.
    private static boolean isPlainLatin(int c) {
        return c >= 'A' && c <= 'z';
    }

    private void add(int letter) {
        int c = normal(letter);
        int last = window[size - 1];
        if (last == ' ') {
            window[0] = ' ';
            size = 1;
            inCapitals = false;
            if (c == ' ') {
                return;
            }
        } else if (size == LONGEST_GRAM) {
            System.arraycopy(window, 1, window, 0, --size);
        }
        window[size++] = c;
        inCapitals = Character.isUpperCase(c) && (inCapitals || Character.isUpperCase(last));
    }

    private void collect(List<String> found) {
        for (int length = 1; length <= size && !inCapitals; length++) {
            String gram = new String(window, size - length, length);
            if (!gram.equals(" ")) {
                found.add(gram);
            }
        }
    }

    private static int normal(int c) {
        if (c < 0x80) {
            return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' ? c : ' ';
        }
        Character.UnicodeBlock block = Character.UnicodeBlock.of(c);
        if (block == Character.UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS) {
            return Objects.requireNonNull(IDEOGRAPHS.getOrDefault(c, c));
        }
        return block == null ? c : normal(c, block);
    }

    private static int normal(int c, Character.UnicodeBlock block) {
        return switch (block.toString()) {
            case "LATIN_1_SUPPLEMENT" -> "\u00a0«°»".indexOf(c) >= 0 ? ' ' : c;
            case "LATIN_EXTENDED_B" -> c == 'ș' ? 'ş' : c == 'ț' ? 'ţ' : c;
            case "GENERAL_PUNCTUATION" -> ' ';
            case "ARABIC" -> c == 'ی' ? 'ي' : c;
            case "LATIN_EXTENDED_ADDITIONAL" -> c >= 'Ạ' ? 'ể' : c;
            case "HIRAGANA" -> 'あ';
            case "KATAKANA" -> 'ア';
            case "BOPOMOFO", "BOPOMOFO_EXTENDED" -> 'ㄅ';
            case "HANGUL_SYLLABLES" -> '가';
            default -> c;
        };
    }

    /// Ideographs that are as frequent in Japanese and in both Chinese scripts, each class by its first member.
    private static Map<Integer, Integer> ideographs() {
        var representatives = new HashMap<Integer, Integer>();
        Properties classes = new Properties();
        try (Reader in = new InputStreamReader(
                LanguageProfiles.resource("/com/optimaize/langdetect/cybozu/util/messages.properties"),
                StandardCharsets.UTF_8)) {
            classes.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        classes.stringPropertyNames().stream()
                .filter(name -> name.matches("NGram\\.KANJI_\\d+_\\d+"))
                .map(classes::getProperty)
                .forEach(members ->
                        members.chars().forEach(member -> representatives.put(member, (int) members.charAt(0))));
        return representatives;
    }
}
