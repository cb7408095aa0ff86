package dev.caravan.verify.instructions;

import static dev.caravan.verify.instructions.PythonText.SPACE;
import static dev.caravan.verify.instructions.PythonText.WORD;

import java.util.List;
import java.util.regex.Pattern;

/// The tokens of an English text as NLTK's `word_tokenize` cuts them: sentences by [Punkt], then the Penn Treebank's
/// conventions, a chain of replacements that sets marks apart and parts contractions such as `don't` and `cannot`.
final class TreebankWords {
    private static final String NO_WORD_BEFORE = "(?<!" + WORD + ")";
    private static final String NO_WORD_AFTER = "(?!" + WORD + ")";

    private record Replacement(Pattern pattern, String by) {
        static Replacement of(String pattern, String by) {
            return new Replacement(Pattern.compile(pattern, Pattern.UNIX_LINES), by);
        }

        /// Two parts of one word in any case, such as `can` and `not`.
        static Replacement parted(String first, String second) {
            return of(NO_WORD_BEFORE + "(?i:(" + first + ")(" + second + "))" + NO_WORD_AFTER, " $1 $2 ");
        }

        String in(String text) {
            return pattern.matcher(text).replaceAll(by);
        }
    }

    private static final List<Replacement> MARKS = List.of(
            Replacement.of("[«“‘„]|`+", " $0 "),
            Replacement.of("^\"", "``"),
            Replacement.of("``", " $0 "),
            Replacement.of("([ (\\[{<])(?:\"|'')", "$1 `` "),
            Replacement.of("(?i)'(?!re|ve|ll|m|t|s|d|n)(" + WORD + ")" + NO_WORD_AFTER, "' $1"),
            Replacement.of("([^.])\\.([\\])}>\"'»”’ ]*+)" + SPACE + "*+$", "$1 . $2 "),
            Replacement.of("([:,])(\\P{Nd})", " $1 $2"),
            Replacement.of("[:,]$", " $0 "),
            Replacement.of("\\.{2,}", " $0 "),
            Replacement.of("[;@#$%&]", " $0 "),
            Replacement.of("([^.])\\.([\\])}>\"']*+)" + SPACE + "*+$", "$1 .$2 "),
            Replacement.of("[?!]", " $0 "),
            Replacement.of("([^'])' ", "$1 ' "),
            Replacement.of("\\*", " * "),
            Replacement.of("[\\]\\[(){}<>]", " $0 "),
            Replacement.of("--", " -- "));

    private static final List<Replacement> ENDINGS = List.of(
            Replacement.of("[»”’]", " $0 "),
            Replacement.of("''", " '' "),
            Replacement.of("\"", " '' "),
            Replacement.of(SPACE + "+", " "),
            Replacement.of("([^' ])('[sS]|'[mM]|'[dD]|') ", "$1 $2 "),
            Replacement.of("([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) ", "$1 $2 "),
            Replacement.parted("can", "not"),
            Replacement.parted("d", "'ye"),
            Replacement.parted("gim", "me"),
            Replacement.parted("gon", "na"),
            Replacement.parted("got", "ta"),
            Replacement.parted("lem", "me"),
            Replacement.parted("more", "'n"),
            Replacement.parted("wan", "na(?=" + SPACE + ")"),
            Replacement.of(" (?i:('t)(is))" + NO_WORD_AFTER, " $1 $2 "),
            Replacement.of(" (?i:('t)(was))" + NO_WORD_AFTER, " $1 $2 "));

    private TreebankWords() {}

    static List<String> of(String text) {
        return Punkt.english().sentences(text).stream()
                .flatMap(sentence -> ofSentence(sentence).stream())
                .toList();
    }

    /// The tokens that hold a letter or a number.
    static List<String> withLetters(String text) {
        return of(text).stream()
                .filter(word -> word.codePoints().anyMatch(c -> c != '_' && PythonText.isWord(c)))
                .toList();
    }

    private static List<String> ofSentence(String sentence) {
        String marked = sentence;
        for (Replacement replacement : MARKS) {
            marked = replacement.in(marked);
        }
        String ended = " " + marked + " ";
        for (Replacement replacement : ENDINGS) {
            ended = replacement.in(ended);
        }
        return PythonText.split(ended);
    }
}
