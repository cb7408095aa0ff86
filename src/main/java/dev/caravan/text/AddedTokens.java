package dev.caravan.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds added tokens in text: leftmost first, the longest of those that start at one place.
final class AddedTokens {
    private final Map<Character, List<AddedToken>> byFirst = new HashMap<>();
    private final boolean[] starts = new boolean[0x10000];
    private final boolean empty;

    AddedTokens(List<AddedToken> tokens, Predicate<AddedToken> chosen) {
        var longestFirst =
                Comparator.comparingInt((AddedToken token) -> -token.content().length());
        for (AddedToken token :
                tokens.stream().filter(chosen).sorted(longestFirst).toList()) {
            if (token.content().isEmpty()) continue;
            char first = token.content().charAt(0);
            starts[first] = true;
            byFirst.computeIfAbsent(first, _ -> new ArrayList<>()).add(token);
        }
        empty = byFirst.isEmpty();
    }

    /// One occurrence: `text[start, end)`, white space that the token takes included.
    record Match(AddedToken token, int start, int end) {}

    /// The next allowed occurrence at or after `from`, or null.
    @Nullable
    Match next(String text, int from, SpecialText special) {
        if (empty) return null;
        for (int at = from; at < text.length(); at++) {
            if (!starts[text.charAt(at)]) continue;
            for (AddedToken token : byFirst.getOrDefault(text.charAt(at), List.of())) {
                if (occurs(token, text, at, special)) return match(token, text, from, at);
            }
        }
        return null;
    }

    private static boolean occurs(AddedToken token, String text, int at, SpecialText special) {
        int end = at + token.content().length();
        return text.startsWith(token.content(), at)
                && (!token.special() || special.mayBeSpecial(at, end))
                && (!token.singleWord() || !touchesWord(text, at, end));
    }

    private static boolean touchesWord(String text, int start, int end) {
        return start > 0 && isWord(text.codePointBefore(start)) || end < text.length() && isWord(text.codePointAt(end));
    }

    private static boolean isWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint) || codePoint == '_';
    }

    private static Match match(AddedToken token, String text, int from, int at) {
        int start = at;
        int end = at + token.content().length();
        if (token.lstrip()) while (start > from && isSpace(text.charAt(start - 1))) start--;
        if (token.rstrip()) while (end < text.length() && isSpace(text.charAt(end))) end++;
        return new Match(token, start, end);
    }

    private static boolean isSpace(char c) {
        return CharacterClass.isSpace(CharacterClass.of(c));
    }
}
