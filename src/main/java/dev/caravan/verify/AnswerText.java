package dev.caravan.verify;

import dev.caravan.text.Lowercase;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Short answers in the normal form of the question-answering benchmarks, with the characters that Python takes for
/// white space, punctuation and letters.
final class AnswerText {
    // an article with no letter, digit or underscore on either side
    private static final Pattern ARTICLE =
            Pattern.compile("(?<![\\p{L}\\p{N}_])(?:a|an|the)(?![\\p{L}\\p{N}_])", Pattern.UNICODE_CASE);
    private static final String ASSISTANT_MARK = "<|assistant|>";
    private static final String END_OF_THOUGHT = "</think>";

    private AnswerText() {}

    /// The completion from its last `</think>` on, without answer tags.
    static String withoutThinking(String completion) {
        return behindThinking(completion.replace(ASSISTANT_MARK, ""))
                .replace("<answer>", "")
                .replace("</answer>", "");
    }

    /// The completion from its last `</think>` on.
    static String behindThinking(String completion) {
        int thought = completion.lastIndexOf(END_OF_THOUGHT);
        return completion.substring(thought < 0 ? 0 : thought + END_OF_THOUGHT.length());
    }

    /// The words of SQuAD's normal form ([section 6.1](https://arxiv.org/abs/1606.05250)): lower case, no ASCII
    /// punctuation, no articles.
    static List<String> squadWords(String text) {
        return words(withoutArticles(withoutPunctuation(Lowercase.of(text))));
    }

    static String withoutArticles(String text) {
        return ARTICLE.matcher(text).replaceAll(" ");
    }

    static String withoutPunctuation(String text) {
        var kept = new StringBuilder(text.length());
        text.chars().filter(c -> !isPunctuation(c)).forEach(c -> kept.append((char) c));
        return kept.toString();
    }

    static List<String> words(String text) {
        var words = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && !isSpace(text.charAt(i))) {
                continue;
            }
            if (i > start) {
                words.add(text.substring(start, i));
            }
            start = i + 1;
        }
        return words;
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    private static boolean isPunctuation(int c) {
        return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
    }
}
