package dev.caravan.text.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Python's `format % values`.
final class PercentFormat {
    private static final Pattern DIRECTIVE = Pattern.compile("%([-+ 0#]*)(\\d*)(?:\\.(\\d+))?([a-zA-Z%])");
    private static final int WIDEST = 1000;

    private final TracedText format;
    private final List<Value> values;
    private final TracedText.Builder out = new TracedText.Builder();
    private int used;

    private PercentFormat(TracedText format, List<Value> values) {
        this.format = format;
        this.values = values;
    }

    static TracedText format(TracedText format, Value values) {
        boolean several = values instanceof Value.Array array && array.tuple();
        return new PercentFormat(format, several ? Operators.items(values) : List.of(values)).run();
    }

    private TracedText run() {
        Matcher directive = DIRECTIVE.matcher(format.toString());
        int at = 0;
        while (directive.find()) {
            literal(at, directive.start());
            directive(directive);
            at = directive.end();
        }
        literal(at, format.length());
        if (used < values.size() && !(values.getFirst() instanceof Value.Dict)) {
            throw TemplateException.runtime("not all values of a format are used");
        }
        return out.build();
    }

    private void literal(int from, int to) {
        if (format.toString().substring(from, to).indexOf('%') >= 0) {
            throw TemplateException.runtime("a format has a % that begins nothing; write %%");
        }
        out.append(format, from, to);
    }

    private void directive(Matcher directive) {
        String conversion = directive.group(4);
        if (conversion.equals("%")) {
            out.template("%");
            return;
        }
        if (used == values.size()) throw TemplateException.runtime("a format needs more values than " + used);
        Value value = values.get(used++);
        int width = number(directive.group(2), 0);
        int precision = number(directive.group(3), -1);
        switch (conversion) {
            case "s" -> padded(cut(Display.str(value), precision), directive.group(1), width);
            case "r" -> padded(cut(Display.repr(value), precision), directive.group(1), width);
            case "d", "i", "x", "o", "f", "F", "e", "g" -> out.template(numeric(directive, value, width));
            default -> throw TemplateException.runtime("a format has an unknown conversion %" + conversion);
        }
    }

    private static int number(String digits, int absent) {
        if (digits == null || digits.isEmpty()) return absent;
        int number = digits.length() > 6 ? WIDEST + 1 : Integer.parseInt(digits);
        if (number > WIDEST) throw TemplateException.runtime("a format is wider than " + WIDEST);
        return number;
    }

    private static TracedText cut(TracedText text, int precision) {
        return precision < 0 ? text : text.slice(0, Math.min(precision, text.length()));
    }

    private void padded(TracedText text, String flags, int width) {
        String padding = " ".repeat(Math.max(0, width - text.length()));
        if (!flags.contains("-")) out.template(padding);
        out.append(text);
        if (flags.contains("-")) out.template(padding);
    }

    private static String numeric(Matcher directive, Value value, int width) {
        if (!Operators.isNumber(value))
            throw TemplateException.runtime("a format needs a number, got " + Operators.type(value));
        String flags = directive.group(1).replace("#", "");
        String size = width == 0 ? "" : String.valueOf(width);
        String conversion = directive.group(4).toLowerCase(Locale.ROOT);
        if ("di".contains(conversion)) {
            return String.format(Locale.ROOT, "%" + flags + size + "d", truncated(value));
        }
        if ("xo".contains(conversion))
            return String.format(Locale.ROOT, "%" + flags + size + conversion, Operators.whole(value));
        String precision = directive.group(3) == null ? ".6" : "." + directive.group(3);
        return String.format(Locale.ROOT, "%" + flags + size + precision + conversion, Operators.real(value));
    }

    private static BigInteger truncated(Value value) {
        if (!(value instanceof Value.Real(double number))) return Operators.whole(value);
        return new BigDecimal(number).toBigInteger();
    }
}
