package dev.caravan.verify.maths;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The answer sentence and the string normal form of Minerva
/// ([Lewkowycz et al. 2022, appendix D.1](https://arxiv.org/abs/2206.14858)).
final class Minerva {
    private static final String BEFORE = "Final Answer: The final answer is";
    private static final String AFTER = " I hope it is correct.";

    private static final List<Map.Entry<String, String>> SUBSTITUTIONS = List.of(
            Map.entry("an ", ""),
            Map.entry("a ", ""),
            Map.entry(".$", "$"),
            Map.entry("\\$", ""),
            Map.entry("\\ ", ""),
            Map.entry(" ", ""),
            Map.entry("mbox", "text"),
            Map.entry(",\\text{and}", ","),
            Map.entry("\\text{and}", ","),
            Map.entry("\\text{m}", "\\text{}"));

    private static final List<String> REMOVED = List.of(
            "square",
            "ways",
            "integers",
            "dollars",
            "mph",
            "inches",
            "ft",
            "hours",
            "km",
            "units",
            "\\ldots",
            "sue",
            "points",
            "feet",
            "minutes",
            "digits",
            "cents",
            "degrees",
            "cm",
            "gm",
            "pounds",
            "meters",
            "meals",
            "edges",
            "students",
            "childrentickets",
            "multiples",
            "\\text{s}",
            "\\text{.}",
            "\\text{\ns}",
            "\\text{}^2",
            "\\text{}^3",
            "\\text{\n}",
            "\\text{}",
            "\\mathrm{th}",
            "^\\circ",
            "^{\\circ}",
            "\\;",
            ",\\!",
            "{,}",
            "\"",
            "\\dots");

    private Minerva() {}

    /// What stands in the first answer sentence that ends with the wish to be correct, the full stop left out.
    static Optional<String> sentence(String text) {
        int after = -1;
        for (int from = text.indexOf(BEFORE); from >= 0; from = text.indexOf(BEFORE, from + 1)) {
            int content = from + BEFORE.length();
            after = after > content ? after : text.indexOf(AFTER, content + 1);
            if (after < 0) {
                return Optional.empty();
            }
            if (text.substring(content, after).indexOf('\n') < 0) {
                return Optional.of(text.substring(content, after - 1).strip());
            }
            from = text.lastIndexOf('\n', after); // no sentence that starts before this line break can end there
        }
        return Optional.empty();
    }

    /// What stands in the last answer sentence, whether or not the wish to be correct ends it.
    static Optional<String> openSentence(String text) {
        int from = text.lastIndexOf(BEFORE);
        if (from < 0) {
            return Optional.empty();
        }
        String line = text.substring(from + BEFORE.length()).lines().findFirst().orElse("");
        int after = line.indexOf(AFTER);
        String content = (after < 0 ? line : line.substring(0, after)).strip();
        return content.isEmpty() ? Optional.empty() : Optional.of(content);
    }

    static String normalForm(String answer) {
        String text = answer.substring(answer.lastIndexOf('=') + 1);
        for (Map.Entry<String, String> substitution : SUBSTITUTIONS) {
            text = text.replace(substitution.getKey(), substitution.getValue());
        }
        for (String removed : REMOVED) {
            text = text.replace(removed, "");
        }
        text = unwrapped(unwrapped(unwrapped(firstFormula(text), "\\text{"), "\\textbf{"), "\\overline{");
        text = withBraces(withBraces(withoutBox(text), "frac", 2), "sqrt", 1).replace("$", "");
        String digits = text.replace(",", "");
        return !digits.isEmpty() && digits.chars().allMatch(Character::isDigit) ? digits : text;
    }

    /// A line with two dollar signs is reduced to what stands between the first two.
    private static String firstFormula(String text) {
        var reduced = new StringBuilder(text.length());
        for (String line : text.split("(?<=\n)", -1)) {
            int open = line.indexOf('$');
            int close = open < 0 ? -1 : line.indexOf('$', open + 1);
            String end = line.endsWith("\n") ? "\n" : "";
            reduced.append(close < 0 ? line : line.substring(open, close + 1) + end);
        }
        return reduced.toString();
    }

    /// The text without every `opening` and the first closing brace behind it on the same line.
    private static String unwrapped(String text, String opening) {
        var result = new StringBuilder(text.length());
        for (String line : text.split("(?<=\n)", -1)) {
            unwrapLine(line, opening, result);
        }
        return result.toString();
    }

    private static void unwrapLine(String line, String opening, StringBuilder result) {
        int done = 0;
        while (true) {
            int open = line.indexOf(opening, done);
            int close = open < 0 ? -1 : line.indexOf('}', open + opening.length());
            if (close < 0) {
                result.append(line, done, line.length());
                return;
            }
            result.append(line, done, open).append(line, open + opening.length(), close);
            done = close + 1;
        }
    }

    /// Every line without its first box, which goes up to the last closing brace of the line.
    private static String withoutBox(String text) {
        String opening = "\\boxed{";
        var result = new StringBuilder(text.length());
        for (String line : text.split("(?<=\n)", -1)) {
            int open = line.indexOf(opening);
            int close = line.lastIndexOf('}');
            boolean boxed = open >= 0 && close >= open + opening.length();
            result.append(
                    boxed
                            ? line.substring(0, open)
                                    + line.substring(open + opening.length(), close)
                                    + line.substring(close + 1)
                            : line);
        }
        return result.toString();
    }

    /// The text with braces around each of the characters that follow a command, unless an opening brace does.
    private static String withBraces(String text, String command, int arguments) {
        var result = new StringBuilder(text.length());
        int done = 0;
        for (int at = text.indexOf(command); at >= 0; at = text.indexOf(command, done)) {
            int from = at + command.length();
            result.append(text, done, from);
            done = from;
            if (canBeBraced(text, from, arguments)) {
                for (int i = from; i < from + arguments; i++) {
                    result.append('{').append(text.charAt(i)).append('}');
                }
                done = from + arguments;
            }
        }
        return result.append(text, done, text.length()).toString();
    }

    private static boolean canBeBraced(String text, int from, int arguments) {
        return from + arguments <= text.length()
                && text.charAt(from) != '{'
                && text.substring(from + 1, from + arguments).indexOf('\n') < 0;
    }
}
