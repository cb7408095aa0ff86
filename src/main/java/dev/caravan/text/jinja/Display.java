package dev.caravan.text.jinja;

import dev.caravan.text.jinja.Value.Array;
import dev.caravan.text.jinja.Value.Bool;
import dev.caravan.text.jinja.Value.Dict;
import dev.caravan.text.jinja.Value.Int;
import dev.caravan.text.jinja.Value.None;
import dev.caravan.text.jinja.Value.Real;
import dev.caravan.text.jinja.Value.Text;
import dev.caravan.text.jinja.Value.Undefined;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/// Values as Python prints them: `str` and `repr`.
final class Display {
    private Display() {}

    static TracedText str(Value value) {
        return switch (value) {
            case Text(TracedText text) -> text;
            case Undefined _ -> TracedText.EMPTY;
            default -> repr(value);
        };
    }

    static TracedText repr(Value value) {
        var out = new TracedText.Builder();
        repr(value, out);
        return out.build();
    }

    private static void repr(Value value, TracedText.Builder out) {
        switch (value) {
            case None _ -> out.template("None");
            case Undefined _ -> out.template("Undefined");
            case Bool(boolean truth) -> out.template(truth ? "True" : "False");
            case Int(BigInteger number) -> out.template(number.toString());
            case Real(double number) -> out.template(real(number));
            case Text(TracedText text) -> quoted(text, out);
            case Array array -> array(array, out);
            case Dict dict -> dict(dict, out);
            case Value.Lazy _ -> out.template("<generator object>");
            case Value.Namespace _ -> out.template("<Namespace>");
            case Value.Callable _ -> out.template("<function>");
        }
    }

    private static void array(Array array, TracedText.Builder out) {
        out.template(array.tuple() ? "(" : "[");
        separated(array.items(), out);
        String close = array.items().size() == 1 ? ",)" : ")";
        out.template(array.tuple() ? close : "]");
    }

    private static void separated(List<Value> items, TracedText.Builder out) {
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) out.template(", ");
            repr(items.get(i), out);
        }
    }

    private static void dict(Dict dict, TracedText.Builder out) {
        out.template("{");
        String separator = "";
        for (Map.Entry<Value, Value> entry : dict.entries().entrySet()) {
            out.template(separator);
            repr(entry.getKey(), out);
            out.template(": ");
            repr(entry.getValue(), out);
            separator = ", ";
        }
        out.template("}");
    }

    private static void quoted(TracedText text, TracedText.Builder out) {
        String chars = text.toString();
        char quote = chars.indexOf('\'') >= 0 && chars.indexOf('"') < 0 ? '"' : '\'';
        out.template(String.valueOf(quote));
        for (int i = 0; i < chars.length(); i++) {
            char c = chars.charAt(i);
            if (c == quote) out.append("\\" + c, text.origin(i));
            else out.append(escaped(c), text.origin(i));
        }
        out.template(String.valueOf(quote));
    }

    private static String escaped(char c) {
        return switch (c) {
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            default -> isPrintable(c) ? String.valueOf(c) : String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", (int) c);
        };
    }

    private static boolean isPrintable(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    /// The shortest decimal that reads back the same; an exponent below 1e-4 and from 1e16.
    static String real(double number) {
        if (Double.isNaN(number)) return "nan";
        if (Double.isInfinite(number)) return number > 0 ? "inf" : "-inf";
        double size = Math.abs(number);
        if (number == 0) return Double.toString(number);
        if (size >= 1e-4 && size < 1e16) {
            String plain = new BigDecimal(Double.toString(number)).toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String[] parts = Double.toString(number).split("E");
        int exponent = Integer.parseInt(parts[1]);
        String digits = parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
        return digits + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
}
