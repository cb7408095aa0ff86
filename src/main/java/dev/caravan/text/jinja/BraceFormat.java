package dev.caravan.text.jinja;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Python's `format.format(values)`, without format specifications.
final class BraceFormat {
    private static final Pattern FIELD = Pattern.compile("\\{\\{|\\}\\}|\\{(\\w*)\\}");

    private BraceFormat() {}

    static TracedText format(TracedText format, Arguments arguments) {
        var out = new TracedText.Builder();
        Matcher field = FIELD.matcher(format.toString());
        int at = 0;
        int automatic = 0;
        while (field.find()) {
            literal(format, at, field.start(), out);
            at = field.end();
            String name = field.group(1);
            if (name == null) out.append(format, field.start(), field.start() + 1);
            else out.append(Display.str(value(name, name.isEmpty() ? automatic++ : 0, arguments)));
        }
        literal(format, at, format.length(), out);
        return out.build();
    }

    private static void literal(TracedText format, int from, int to, TracedText.Builder out) {
        if (format.toString().substring(from, to).matches("(?s).*[{}].*")) {
            throw TemplateException.runtime("a format may hold only {}, {number} and {name}");
        }
        out.append(format, from, to);
    }

    private static Value value(String name, int automatic, Arguments arguments) {
        if (name.isEmpty()) return arguments.need(automatic, "{}");
        if (name.length() < 6 && name.chars().allMatch(Character::isDigit)) {
            return arguments.need(Integer.parseInt(name), name);
        }
        return arguments.need(Integer.MAX_VALUE, name);
    }
}
