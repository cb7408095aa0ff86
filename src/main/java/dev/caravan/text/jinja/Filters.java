package dev.caravan.text.jinja;

import dev.caravan.text.jinja.Value.Dict;
import dev.caravan.text.jinja.Value.Int;
import dev.caravan.text.jinja.Value.None;
import dev.caravan.text.jinja.Value.Real;
import dev.caravan.text.jinja.Value.Text;
import dev.caravan.text.jinja.Value.Undefined;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/// What stands behind `|`. Filters of texts and numbers are here, those of lists in [ListFilters].
final class Filters {
    private Filters() {}

    static Value apply(String name, Value value, Arguments arguments) {
        return switch (name) {
            case "default", "d" -> orDefault(value, arguments);
            case "string" -> new Text(Display.str(value));
            case "safe" -> value;
            case "tojson" -> new Text(JsonWriter.write(value, arguments));
            case "length", "count" -> Value.of(Operators.length(value));
            case "items" -> value instanceof Undefined ? Value.lazy(List.of()) : items(value);
            case "attr" ->
                Members.attribute(value, arguments.needText(0, "name").toString());
            case "int", "float", "abs", "round" -> number(name, value, arguments);
            case "trim",
                    "upper",
                    "lower",
                    "title",
                    "capitalize",
                    "replace",
                    "indent",
                    "format",
                    "e",
                    "escape",
                    "forceescape",
                    "wordcount" -> text(name, Display.str(value), arguments);
            default -> ListFilters.apply(name, value, arguments);
        };
    }

    private static Value orDefault(Value value, Arguments arguments) {
        boolean absent = value instanceof Undefined || arguments.flag(1, "boolean") && !Operators.isTrue(value);
        return absent ? arguments.find(0, "default_value").orElse(Text.EMPTY) : value;
    }

    private static Value items(Value value) {
        if (value instanceof Dict dict) return Value.lazy(Members.entries(dict));
        throw TemplateException.runtime("items needs a dictionary, got " + Operators.type(value));
    }

    private static Value text(String name, TracedText text, Arguments arguments) {
        return switch (name) {
            case "wordcount" -> Value.of(text.toString().split("\\W+").length);
            case "trim" -> new Text(StringMethods.strip(text, arguments, true, true));
            case "upper" -> new Text(StringMethods.upper(text));
            case "lower" -> new Text(StringMethods.lower(text));
            case "title" -> new Text(title(text));
            case "capitalize" -> new Text(StringMethods.capitalize(text));
            case "replace" -> new Text(StringMethods.replace(text, arguments));
            case "indent" -> new Text(indent(text, arguments));
            case "format" -> new Text(PercentFormat.format(text, Value.tuple(arguments.positional())));
            default -> new Text(escape(text));
        };
    }

    /// Words begin after white space, a hyphen or an opening bracket.
    private static TracedText title(TracedText text) {
        return text.mapped(chars -> {
            var out = new StringBuilder();
            boolean begins = true;
            for (char c : chars.toCharArray()) {
                out.append(begins ? Character.toUpperCase(c) : Character.toLowerCase(c));
                begins = PythonChars.isSpace(c) || "-({[<".indexOf(c) >= 0;
            }
            return out.toString();
        });
    }

    private static TracedText indent(TracedText text, Arguments arguments) {
        TracedText padding = arguments.find(0, "width").map(Filters::padding).orElse(TracedText.template("    "));
        boolean first = arguments.flag(1, "first");
        boolean blank = arguments.flag(2, "blank");
        var out = new TracedText.Builder();
        int from = 0;
        while (from <= text.length()) {
            int lineBreak = text.toString().indexOf('\n', from);
            int to = lineBreak < 0 ? text.length() : lineBreak;
            if (from == 0 ? first : blank || to > from) out.append(padding);
            out.append(text, from, Math.min(to + 1, text.length()));
            from = to + 1;
        }
        return out.build();
    }

    private static TracedText padding(Value width) {
        if (width instanceof Text(TracedText text)) return text;
        Limits.checkText(Operators.integer(width));
        return TracedText.template(" ".repeat(Math.max(0, Operators.integer(width))));
    }

    private static TracedText escape(TracedText text) {
        return text.mapRuns(run -> run.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;")
                .replace("'", "&#39;"));
    }

    private static Value number(String name, Value value, Arguments arguments) {
        return switch (name) {
            case "int" -> integer(value, arguments);
            case "float" -> real(value, arguments);
            case "abs" ->
                value instanceof Real(double number)
                        ? new Real(Math.abs(number))
                        : new Int(Operators.whole(value).abs());
            default -> round(value, arguments);
        };
    }

    private static Value integer(Value value, Arguments arguments) {
        if (value instanceof Real(double number)) return new Int(new BigDecimal(number).toBigInteger());
        if (Operators.isNumber(value)) return new Int(Operators.whole(value));
        String digits = Display.str(value).toString().strip().replace("_", "");
        try {
            return new Int(new BigInteger(digits, arguments.integer(1, "base", 10)));
        } catch (NumberFormatException notWhole) {
            return truncated(digits, arguments.find(0, "default").orElse(Value.of(0)));
        }
    }

    private static Value truncated(String digits, Value fallback) {
        try {
            return new Int(new BigDecimal(Double.parseDouble(digits)).toBigInteger());
        } catch (NumberFormatException notANumber) {
            return fallback;
        }
    }

    private static Value real(Value value, Arguments arguments) {
        if (Operators.isNumber(value)) return new Real(Operators.real(value));
        try {
            return new Real(Double.parseDouble(Display.str(value).toString().strip()));
        } catch (NumberFormatException notANumber) {
            return arguments.find(0, "default").orElse(new Real(0));
        }
    }

    private static Value round(Value value, Arguments arguments) {
        int precision = Math.clamp(arguments.integer(0, "precision", 0), -400, 400);
        String method = arguments.find(1, "method").map(Value::toString).orElse("common");
        if (value instanceof None || !Operators.isNumber(value)) {
            throw TemplateException.runtime("round needs a number, got " + Operators.type(value));
        }
        if (!(value instanceof Real) && method.equals("common") && precision >= 0) return value;
        RoundingMode mode = switch (method) {
            case "ceil" -> RoundingMode.CEILING;
            case "floor" -> RoundingMode.FLOOR;
            default -> RoundingMode.HALF_EVEN;
        };
        return new Real(
                new BigDecimal(Operators.real(value)).setScale(precision, mode).doubleValue());
    }
}
