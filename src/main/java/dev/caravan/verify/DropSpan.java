package dev.caravan.verify;

import dev.caravan.text.Lowercase;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// One span of a DROP answer in normal form: lower case, split at spaces and hyphens, no punctuation, no articles, one
/// spelling for equal numbers.
///
/// @param words the different words of the text
record DropSpan(String text, Set<String> words) {
    private static final Pattern SPACE_OR_HYPHEN = Pattern.compile("[ -]");
    // what Python's float() takes, in lower case and without underscores
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:(?:[0-9]++\\.?+[0-9]*+|\\.[0-9]++)(?:e[+-]?[0-9]++)?|inf|infinity|nan)");

    static DropSpan of(String raw) {
        var words = new ArrayList<String>();
        for (String token : SPACE_OR_HYPHEN.split(Lowercase.of(raw))) {
            words.addAll(AnswerText.words(AnswerText.withoutArticles(normal(token))));
        }
        return new DropSpan(String.join(" ", words), new LinkedHashSet<>(words));
    }

    /// F1 of the words; 0 where the other span has none of this span's numbers.
    double f1(DropSpan predicted) {
        if (!sharesNumbers(predicted)) {
            return 0;
        }
        long shared = words.stream().filter(predicted.words::contains).count();
        double precision = predicted.words.isEmpty() ? 1 : (double) shared / predicted.words.size();
        double recall = words.isEmpty() ? 1 : (double) shared / words.size();
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    private boolean sharesNumbers(DropSpan predicted) {
        List<String> numbers = words.stream().filter(DropSpan::isNumber).toList();
        return numbers.isEmpty() || numbers.stream().anyMatch(predicted.words::contains);
    }

    private static String normal(String token) {
        return number(token)
                .or(() -> number(AnswerText.withoutPunctuation(token)))
                .orElseGet(() -> AnswerText.withoutPunctuation(token));
    }

    private static Optional<String> number(String token) {
        String bare = String.join(" ", AnswerText.words(token));
        return isNumber(bare) ? Optional.of(spelling(bare)) : Optional.empty();
    }

    private static boolean isNumber(String word) {
        return NUMBER.matcher(word).matches();
    }

    private static String spelling(String number) {
        return Character.isLetter(number.charAt(number.length() - 1))
                ? number.replace("+", "").replace("infinity", "inf")
                : Double.toString(Double.parseDouble(number))
                        .toLowerCase(Locale.ROOT)
                        .replace("infinity", "inf");
    }
}
