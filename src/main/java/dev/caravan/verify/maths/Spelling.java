package dev.caravan.verify.maths;

import dev.caravan.text.Lowercase;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One spelling for characters and marks that are written in several ways.
final class Spelling {
    private static final Map<Character, String> CHARACTERS = Map.ofEntries(
            Map.entry('−', "-"),
            Map.entry('–', "-"),
            Map.entry('‐', "-"),
            Map.entry('×', "\\times "),
            Map.entry('·', "\\cdot "),
            Map.entry('⋅', "\\cdot "),
            Map.entry('∗', "*"),
            Map.entry('÷', "/"),
            Map.entry('∕', "/"),
            Map.entry('⁄', "/"),
            Map.entry('π', "\\pi "),
            Map.entry('∞', "\\infty "),
            Map.entry('√', " sqrt "),
            Map.entry('≤', "\\le "),
            Map.entry('≥', "\\ge "),
            Map.entry('⩽', "\\le "),
            Map.entry('⩾', "\\ge "),
            Map.entry('≠', "\\ne "),
            Map.entry('≈', "\\approx "),
            Map.entry('∪', "\\cup "),
            Map.entry('∩', "\\cap "),
            Map.entry('∈', "\\in "),
            Map.entry('±', "\\pm "),
            Map.entry('²', "^2"),
            Map.entry('³', "^3"),
            Map.entry('½', "\\frac{1}{2}"),
            Map.entry('¼', "\\frac{1}{4}"),
            Map.entry('¾', "\\frac{3}{4}"),
            Map.entry('′', "'"),
            Map.entry('º', "°"),
            Map.entry('ℝ', "\\mathbb{R}"),
            Map.entry('∅', "\\emptyset "),
            Map.entry('\u00a0', " "),
            Map.entry('\u2009', " "),
            Map.entry('\u202f', " "),
            Map.entry('\u200b', ""),
            Map.entry('，', ","),
            Map.entry('（', "("),
            Map.entry('）', ")"),
            Map.entry('：', ":"));
    private static final Pattern HALF_DAY = Pattern.compile("\\b([AaPp])\\.\\s?[Mm]\\.?(?![A-Za-z])");
    private static final Pattern MARKED_HALF_DAY =
            Pattern.compile("[0-9](?:[ ~]|\\\\text\\{|\\\\,){0,4}([AaPp])\\.?[Mm]\\b");

    /// Two backslashes before a command; three are a row's end and a command.
    private static final Pattern ESCAPED_TWICE =
            Pattern.compile("(?<!\\\\)\\\\\\\\(?:begin|frac|dfrac|left|right|sqrt|text|pi|cup|infty)(?![A-Za-z])");

    private Spelling() {}

    static String plain(String text) {
        String plain = text.chars().allMatch(c -> c < 128) ? text : withCommands(text);
        plain = plain.indexOf(".") < 0 ? plain : HALF_DAY.matcher(plain).replaceAll("$1m");
        plain = escapedTwice(plain) ? plain.replace("\\\\", "\\") : plain;
        return emphasised(plain) ? plain.strip().substring(2, plain.strip().length() - 2) : plain;
    }

    /// `a` or `p` where a time of day is marked as one before or after noon.
    static Optional<String> halfOfDay(String text) {
        Matcher mark = MARKED_HALF_DAY.matcher(text);
        return mark.find() ? Optional.of(Lowercase.of(mark.group(1))) : Optional.empty();
    }

    private static String withCommands(String text) {
        var plain = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            String command = CHARACTERS.get(text.charAt(i));
            plain.append(command == null ? text.substring(i, i + 1) : command);
        }
        return plain.toString();
    }

    private static boolean escapedTwice(String text) {
        return text.contains("\\\\") && ESCAPED_TWICE.matcher(text).find();
    }

    private static boolean emphasised(String text) {
        String bare = text.strip();
        return bare.length() > 4 && bare.startsWith("**") && bare.endsWith("**");
    }
}
