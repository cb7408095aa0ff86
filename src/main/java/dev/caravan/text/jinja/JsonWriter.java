package dev.caravan.text.jinja;

import dev.caravan.text.jinja.Value.Array;
import dev.caravan.text.jinja.Value.Bool;
import dev.caravan.text.jinja.Value.Dict;
import dev.caravan.text.jinja.Value.Int;
import dev.caravan.text.jinja.Value.None;
import dev.caravan.text.jinja.Value.Real;
import dev.caravan.text.jinja.Value.Text;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `tojson`, as Hugging Face defines it for chat templates: Python's `json.dumps` without escapes for HTML.
final class JsonWriter {
    private final TracedText.Builder out = new TracedText.Builder();
    private final boolean ascii;
    private final Optional<TracedText> indent;
    private final TracedText itemSeparator;
    private final TracedText keySeparator;
    private final boolean sorted;

    private JsonWriter(Arguments arguments) {
        ascii = arguments.flag(0, "ensure_ascii");
        indent = arguments.given(1, "indent").map(JsonWriter::indentation);
        List<Value> separators =
                arguments.given(2, "separators").map(Operators::items).orElse(List.of());
        boolean given = separators.size() == 2;
        itemSeparator =
                given ? Operators.text(separators.get(0)) : TracedText.template(indent.isPresent() ? "," : ", ");
        keySeparator = given ? Operators.text(separators.get(1)) : TracedText.template(": ");
        sorted = arguments.flag(3, "sort_keys");
    }

    private static TracedText indentation(Value value) {
        if (value instanceof Text(TracedText text)) return text;
        Limits.checkText(Operators.integer(value));
        return TracedText.template(" ".repeat(Math.max(0, Operators.integer(value))));
    }

    static TracedText write(Value value, Arguments arguments) {
        var writer = new JsonWriter(arguments);
        writer.value(value, 0);
        return writer.out.build();
    }

    private void value(Value value, int depth) {
        switch (value) {
            case None _ -> out.template("null");
            case Bool(boolean truth) -> out.template(truth ? "true" : "false");
            case Int(BigInteger number) -> out.template(number.toString());
            case Real(double number) -> out.template(real(number));
            case Text(TracedText text) -> string(text);
            case Array array -> array(array, depth);
            case Dict dict -> dict(dict, depth);
            default -> throw TemplateException.runtime(Operators.type(value) + " has no form in JSON");
        }
    }

    private static String real(double number) {
        if (Double.isNaN(number)) return "NaN";
        if (Double.isInfinite(number)) return number > 0 ? "Infinity" : "-Infinity";
        return Display.real(number);
    }

    private void array(Array array, int depth) {
        out.template("[");
        for (int i = 0; i < array.items().size(); i++) {
            if (i > 0) out.append(itemSeparator);
            line(depth + 1);
            value(array.items().get(i), depth + 1);
        }
        if (!array.items().isEmpty()) line(depth);
        out.template("]");
    }

    private void dict(Dict dict, int depth) {
        out.template("{");
        List<Map.Entry<Value, Value>> entries = entries(dict);
        for (int i = 0; i < entries.size(); i++) {
            if (i > 0) out.append(itemSeparator);
            line(depth + 1);
            string(key(entries.get(i).getKey()));
            out.append(keySeparator);
            value(entries.get(i).getValue(), depth + 1);
        }
        if (!entries.isEmpty()) line(depth);
        out.template("}");
    }

    private List<Map.Entry<Value, Value>> entries(Dict dict) {
        var entries = new ArrayList<>(dict.entries().entrySet());
        if (sorted) entries.sort(Comparator.comparing(Map.Entry::getKey, Operators::compare));
        return entries;
    }

    private static TracedText key(Value key) {
        return switch (key) {
            case Text(TracedText text) -> text;
            case None _ -> TracedText.template("null");
            case Bool(boolean truth) -> TracedText.template(truth ? "true" : "false");
            case Int _, Real _ -> Display.str(key);
            default -> throw TemplateException.runtime(Operators.type(key) + " cannot be a key in JSON");
        };
    }

    private void line(int depth) {
        if (indent.isEmpty()) return;
        out.template("\n");
        for (int i = 0; i < depth; i++) out.append(indent.get());
    }

    private void string(TracedText text) {
        out.template("\"");
        String chars = text.toString();
        for (int i = 0; i < chars.length(); i++) out.append(escaped(chars.charAt(i)), text.origin(i));
        out.template("\"");
    }

    private String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            default -> c < ' ' || ascii && c > '~' ? String.format("\\u%04x", (int) c) : String.valueOf(c);
        };
    }
}
