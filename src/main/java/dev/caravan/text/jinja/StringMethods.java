package dev.caravan.text.jinja;

import dev.caravan.text.Uppercase;
import dev.caravan.text.jinja.Value.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;

/// The methods of Python's `str`; each keeps the origin of every character it keeps.
final class StringMethods {
    private StringMethods() {}

    static Optional<Value.Callable> find(TracedText text, String name) {
        Value.Callable method = method(text, name);
        return method == UNKNOWN ? Optional.empty() : Optional.of(method);
    }

    private static final Value.Callable UNKNOWN = _ -> Value.NONE;

    private static Value.Callable method(TracedText text, String name) {
        return switch (name) {
            case "strip" -> arguments -> text(strip(text, arguments.unnamed(), true, true));
            case "lstrip" -> arguments -> text(strip(text, arguments.unnamed(), true, false));
            case "rstrip" -> arguments -> text(strip(text, arguments.unnamed(), false, true));
            case "upper" -> _ -> text(upper(text));
            case "lower" -> _ -> text(lower(text));
            case "title" -> _ -> text(title(text));
            case "capitalize" -> _ -> text(capitalize(text));
            case "split" -> arguments -> Value.list(split(text, arguments));
            case "rsplit" -> arguments -> Value.list(splitFromRight(text, arguments));
            case "splitlines" -> _ -> Value.list(lines(text));
            case "replace" -> arguments -> text(replace(text, arguments.unnamed()));
            case "join" -> arguments -> text(join(text, Operators.items(arguments.need(0, "iterable"))));
            case "removeprefix" -> arguments -> text(withoutPrefix(text, arguments.needText(0, "prefix")));
            case "removesuffix" -> arguments -> text(withoutSuffix(text, arguments.needText(0, "suffix")));
            case "format" -> arguments -> text(BraceFormat.format(text, arguments));
            default -> question(text, name);
        };
    }

    /// The methods that answer with a number or a truth value.
    private static Value.Callable question(TracedText text, String name) {
        String chars = text.toString();
        return switch (name) {
            case "startswith" -> arguments -> Value.of(any(chars, arguments.need(0, "prefix"), String::startsWith));
            case "endswith" -> arguments -> Value.of(any(chars, arguments.need(0, "suffix"), String::endsWith));
            case "find" ->
                arguments ->
                        place(chars, chars.indexOf(arguments.needText(0, "sub").toString()));
            case "rfind" ->
                arguments -> place(
                        chars, chars.lastIndexOf(arguments.needText(0, "sub").toString()));
            case "index" ->
                arguments ->
                        found(chars, chars.indexOf(arguments.needText(0, "sub").toString()));
            case "count" ->
                arguments -> Value.of(count(chars, arguments.needText(0, "sub").toString()));
            case "isdigit", "isdecimal", "isnumeric" -> _ -> Value.of(all(chars, Character::isDigit));
            case "isalpha" -> _ -> Value.of(all(chars, Character::isLetter));
            case "isalnum" -> _ -> Value.of(all(chars, Character::isLetterOrDigit));
            case "isspace" -> _ -> Value.of(all(chars, PythonChars::isSpace));
            case "isupper" -> _ -> Value.of(isUpper(chars));
            case "islower" -> _ -> Value.of(isLower(chars));
            default -> UNKNOWN;
        };
    }

    private static Text text(TracedText text) {
        return new Text(text);
    }

    static TracedText upper(TracedText text) {
        return text.mapped(Uppercase::of);
    }

    static TracedText lower(TracedText text) {
        return text.mapped(chars -> chars.toLowerCase(Locale.ROOT));
    }

    static boolean isUpper(String chars) {
        return chars.equals(Uppercase.of(chars)) && !chars.equals(chars.toLowerCase(Locale.ROOT));
    }

    static boolean isLower(String chars) {
        return chars.equals(chars.toLowerCase(Locale.ROOT)) && !chars.equals(Uppercase.of(chars));
    }

    private static boolean all(String chars, IntPredicate predicate) {
        return !chars.isEmpty() && chars.codePoints().allMatch(predicate);
    }

    private static boolean any(String chars, Value affix, BiPredicate<String, String> test) {
        if (!(affix instanceof Value.Array affixes))
            return test.test(chars, Operators.text(affix).toString());
        return affixes.items().stream().anyMatch(each -> any(chars, each, test));
    }

    /// Code points, as Python counts.
    private static Value place(String chars, int at) {
        return Value.of(at < 0 ? -1 : chars.codePointCount(0, at));
    }

    private static Value found(String chars, int at) {
        if (at < 0) throw TemplateException.runtime("substring not found");
        return place(chars, at);
    }

    private static int count(String chars, String sub) {
        if (sub.isEmpty()) return chars.codePointCount(0, chars.length()) + 1;
        int count = 0;
        for (int at = chars.indexOf(sub); at >= 0; at = chars.indexOf(sub, at + sub.length())) count++;
        return count;
    }

    static TracedText strip(TracedText text, Arguments arguments, boolean left, boolean right) {
        Optional<String> set =
                arguments.given(0, "chars").map(chars -> Operators.text(chars).toString());
        IntPredicate strips =
                set.<IntPredicate>map(chars -> c -> chars.indexOf(c) >= 0).orElse(PythonChars::isSpace);
        String chars = text.toString();
        int from = 0;
        int to = chars.length();
        while (left && from < to && strips.test(chars.charAt(from))) from++;
        while (right && to > from && strips.test(chars.charAt(to - 1))) to--;
        return text.slice(from, to);
    }

    static TracedText capitalize(TracedText text) {
        if (text.isEmpty()) return text;
        int first = Character.charCount(text.toString().codePointAt(0));
        return upper(text.slice(0, first)).plus(lower(text.slice(first, text.length())));
    }

    /// Letters after anything but a letter become capitals.
    private static TracedText title(TracedText text) {
        return text.mapped(chars -> {
            var out = new StringBuilder();
            boolean begins = true;
            for (int i = 0; i < chars.length(); i++) {
                char c = chars.charAt(i);
                out.append(begins ? Character.toTitleCase(c) : Character.toLowerCase(c));
                begins = !Character.isLetter(c);
            }
            return out.toString();
        });
    }

    private static List<Text> split(TracedText text, Arguments arguments) {
        int limit = limit(arguments);
        Optional<Value> separator = arguments.given(0, "sep");
        return separator.isEmpty() ? words(text, limit) : split(text, separator(separator.get()), limit);
    }

    private static int limit(Arguments arguments) {
        int limit = arguments.integer(1, "maxsplit", -1);
        return limit < 0 ? Integer.MAX_VALUE : limit;
    }

    private static String separator(Value value) {
        String separator = Operators.text(value).toString();
        if (separator.isEmpty()) throw TemplateException.runtime("split needs a separator that is not empty");
        return separator;
    }

    private static List<Text> split(TracedText text, String separator, int limit) {
        var parts = new ArrayList<Text>();
        String chars = text.toString();
        int from = 0;
        for (int at = chars.indexOf(separator); at >= 0 && parts.size() < limit; at = chars.indexOf(separator, from)) {
            parts.add(text(text.slice(from, at)));
            from = at + separator.length();
        }
        parts.add(text(text.slice(from, text.length())));
        return parts;
    }

    /// At runs of white space; what a limit leaves over keeps its inner and final spaces.
    private static List<Text> words(TracedText text, int limit) {
        var words = new ArrayList<Text>();
        String chars = text.toString();
        int at = PythonChars.leadingSpaces(chars);
        while (at < chars.length()) {
            int end = at;
            while (end < chars.length() && (words.size() == limit || !PythonChars.isSpace(chars.charAt(end)))) end++;
            words.add(text(text.slice(at, end)));
            at = end + PythonChars.leadingSpaces(chars.substring(end));
        }
        return words;
    }

    private static List<Text> splitFromRight(TracedText text, Arguments arguments) {
        Optional<Value> separator = arguments.given(0, "sep");
        if (separator.isEmpty()) return words(text, limit(arguments));
        String sep = separator(separator.get());
        var parts = new ArrayList<Text>();
        String chars = text.toString();
        int to = chars.length();
        for (int at = chars.lastIndexOf(sep); at >= 0 && parts.size() < limit(arguments); ) {
            parts.add(text(text.slice(at + sep.length(), to)));
            to = at;
            at = chars.lastIndexOf(sep, at - sep.length());
        }
        parts.add(text(text.slice(0, to)));
        Collections.reverse(parts);
        return parts;
    }

    private static List<Text> lines(TracedText text) {
        var lines = new ArrayList<Text>();
        String chars = text.toString();
        int at = 0;
        for (String line : chars.lines().toList()) {
            lines.add(text(text.slice(at, at + line.length())));
            at += line.length() + (chars.startsWith("\r\n", at + line.length()) ? 2 : 1);
        }
        return lines;
    }

    static TracedText replace(TracedText text, Arguments arguments) {
        TracedText old = arguments.needText(0, "old");
        TracedText replacement = arguments.needText(1, "new");
        int limit = arguments.integer(2, "count", -1);
        return replace(text, old.toString(), replacement, limit < 0 ? Integer.MAX_VALUE : limit);
    }

    private static TracedText replace(TracedText text, String old, TracedText replacement, int limit) {
        var out = new TracedText.Builder();
        String chars = text.toString();
        int from = 0;
        int at = chars.indexOf(old);
        for (int n = 0; n < limit && at >= 0; n++) {
            out.append(text, from, at).append(replacement);
            from = at + old.length();
            int next = old.isEmpty() ? at + 1 : from; // an empty string lies before every character and at the end
            at = next > chars.length() ? -1 : chars.indexOf(old, next);
        }
        return out.append(text, from, text.length()).build();
    }

    static TracedText join(TracedText separator, List<Value> items) {
        var out = new TracedText.Builder();
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) out.append(separator);
            out.append(Operators.text(items.get(i)));
        }
        return out.build();
    }

    private static TracedText withoutPrefix(TracedText text, TracedText prefix) {
        boolean found = text.toString().startsWith(prefix.toString());
        return found ? text.slice(prefix.length(), text.length()) : text;
    }

    private static TracedText withoutSuffix(TracedText text, TracedText suffix) {
        boolean found = text.toString().endsWith(suffix.toString());
        return found ? text.slice(0, text.length() - suffix.length()) : text;
    }
}
