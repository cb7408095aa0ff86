package dev.caravan.verify.maths;

import dev.caravan.text.Lowercase;
import java.util.List;
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
    private static final List<Map.Entry<String, String>> MARKS = List.of(
            Map.entry("$$", "$$"),
            Map.entry("$", "$"),
            Map.entry("\\(", "\\)"),
            Map.entry("\\[", "\\]"),
            Map.entry("**", "**"));
    private static final int MOST_MARKS = 6;
    private static final Pattern RUNNING_TEXT =
            Pattern.compile("\\\\(?:text|textbf|textit|textrm|mbox|mathrm|mathbf)\\{([^{}]*)\\}");
    private static final Pattern BASED = Pattern.compile("(-?[0-9]+)_\\{?[0-9a-z]{1,10}\\}?");
    private static final Pattern HALF_DAY = Pattern.compile("\\b([AaPp])\\.\\s?[Mm]\\.?(?![A-Za-z])");
    private static final Pattern MARKED_HALF_DAY =
            Pattern.compile("[0-9](?:[ ~]|\\\\text\\{|\\\\,){0,4}([AaPp])\\.?[Mm]\\b");

    /// Two backslashes before a command; three are a row's end and a command.
    private static final Pattern ESCAPED_TWICE =
            Pattern.compile("(?<!\\\\)\\\\\\\\(?:begin|frac|dfrac|left|right|sqrt|text|pi|cup|infty)(?![A-Za-z])");

    private Spelling() {}

    static String plain(String text) {
        String content = unboxed(text);
        String plain = content.chars().allMatch(c -> c < 128) ? content : withCommands(content);
        plain = plain.indexOf(".") < 0 ? plain : HALF_DAY.matcher(plain).replaceAll("$1m");
        plain = escapedTwice(plain) ? plain.replace("\\\\", "\\") : plain;
        return emphasised(plain) ? plain.strip().substring(2, plain.strip().length() - 2) : plain;
    }

    /// The text without the marks of a formula, a box and bold type around it, without the marks of running text in
    /// it and the full stop at its end, and with single spaces.
    static String bare(String text) {
        String inner = text.strip();
        for (int mark = 0; mark < MOST_MARKS; mark++) {
            inner = unmarked(inner);
        }
        return RUNNING_TEXT
                .matcher(inner)
                .replaceAll("$1")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String unmarked(String text) {
        if (text.endsWith(".")) {
            return text.substring(0, text.length() - 1).strip();
        }
        for (Map.Entry<String, String> mark : MARKS) {
            int from = mark.getKey().length();
            int to = text.length() - mark.getValue().length();
            if (from <= to && text.startsWith(mark.getKey()) && text.endsWith(mark.getValue())) {
                return text.substring(from, to).strip();
            }
        }
        return unboxed(text).strip();
    }

    /// The content of a box that is the whole text.
    private static String unboxed(String text) {
        String box = "\\boxed{";
        String bare = text.strip();
        boolean whole =
                bare.startsWith(box) && Boxes.closing(bare, box.length() - 1).equals(Optional.of(bare.length() - 1));
        return whole ? bare.substring(box.length(), bare.length() - 1) : text;
    }

    /// The digits of a number behind which stands its base, as in `1101_2`.
    static Optional<String> digitsOfBase(String text) {
        Matcher number = BASED.matcher(text.indexOf('_') < 0 ? "" : bare(text));
        return number.matches() ? Optional.of(number.group(1)) : Optional.empty();
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
