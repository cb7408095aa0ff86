package dev.caravan.verify.instructions;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A word or phrase to be found in any case. The reference takes it for a regular expression; here each character
/// stands for itself, which is the same for every keyword of its data.
record Keyword(String text) {
    /// How often it occurs, inside longer words too.
    int occurrences(String response) {
        Matcher matcher = matcher(response);
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }

    boolean occursIn(String response) {
        return matcher(response).find();
    }

    boolean occursAsWordIn(String response) {
        return wordOccurrences(response, 1) > 0;
    }

    /// How often it occurs with a border of a word on both sides.
    int wordOccurrences(String response) {
        return wordOccurrences(response, Integer.MAX_VALUE);
    }

    private int wordOccurrences(String response, int enough) {
        Matcher matcher = matcher(response);
        int count = 0;
        int from = 0;
        while (count < enough && from <= response.length() && matcher.find(from)) {
            boolean whole = isBorder(response, matcher.start()) && isBorder(response, matcher.end());
            count += whole ? 1 : 0;
            from = whole && matcher.end() > matcher.start() ? matcher.end() : matcher.start() + 1;
        }
        return count;
    }

    private static boolean isBorder(String text, int at) {
        boolean before = at > 0 && PythonText.isWord(text.codePointBefore(at));
        boolean after = at < text.length() && PythonText.isWord(text.codePointAt(at));
        return before != after;
    }

    private Matcher matcher(String response) {
        return Pattern.compile(text, Pattern.LITERAL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(response);
    }
}
