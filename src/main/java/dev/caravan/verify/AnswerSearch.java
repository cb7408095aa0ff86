package dev.caravan.verify;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where answers of one form stand in a text. Every search reads the text once, from left to right, and tells the
/// last answer it finds.
record AnswerSearch(String text, Pattern answer) {
    /// The last answer that follows a mark at once.
    Optional<String> directlyBehind(Pattern mark) {
        Matcher marks = mark.matcher(text);
        Matcher answers = answers();
        Optional<String> last = Optional.empty();
        int from = 0;
        while (marks.find(from)) {
            from = marks.end();
            if (answers.region(from, text.length()).lookingAt()) {
                last = Optional.of(answers.group());
                from = answers.end();
            }
        }
        return last;
    }

    /// The last answer that stands behind a mark in the mark's line: of each mark the nearest.
    Optional<String> inTheLineOf(Pattern mark) {
        Matcher marks = mark.matcher(text);
        Matcher answers = answers();
        Optional<String> last = Optional.empty();
        int from = 0;
        while (marks.find(from)) {
            int end = endOfLine(marks.end());
            boolean found = answers.region(marks.end(), end).find();
            if (found) last = Optional.of(answers.group());
            from = found ? answers.end() : end;
        }
        return last;
    }

    /// The last answer anywhere.
    Optional<String> last() {
        Matcher answers = answers();
        Optional<String> last = Optional.empty();
        while (answers.find()) last = Optional.of(answers.group());
        return last;
    }

    private Matcher answers() {
        return answer.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
    }

    private int endOfLine(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }
}
