package dev.caravan.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Keys and values as YAML in block style.
final class YamlText {
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z_./][A-Za-z0-9_./@+-]*( [A-Za-z0-9_./@+(-][A-Za-z0-9_./@+()-]*)*");
    private static final Pattern WORD_OF_YAML = Pattern.compile("null|true|false|\\.inf|\\.nan|[.]?\\d.*");

    private final StringBuilder text = new StringBuilder();

    private YamlText() {}

    static String of(Map<String, ?> settings) {
        if (settings.isEmpty()) return "{}\n";
        var yaml = new YamlText();
        yaml.section(settings, "", "");
        return yaml.text.toString();
    }

    /// @param first what stands before the first key: the indent, or the indent and a dash
    private void section(Map<?, ?> settings, String first, String indent) {
        String before = first;
        for (Map.Entry<?, ?> entry : settings.entrySet()) {
            text.append(before).append(scalar(entry.getKey())).append(':');
            value(entry.getValue(), indent + "  ");
            before = indent;
        }
    }

    private void value(Object value, String indent) {
        switch (value) {
            case Map<?, ?> map
            when !map.isEmpty() -> {
                text.append('\n');
                section(map, indent, indent);
            }
            case List<?> list
            when !list.isEmpty() -> {
                text.append('\n');
                list.forEach(each -> element(each, indent));
            }
            default -> text.append(' ').append(scalar(value)).append('\n');
        }
    }

    private void element(Object element, String indent) {
        switch (element) {
            case Map<?, ?> map when !map.isEmpty() -> section(map, indent + "- ", indent + "  ");
            case List<?> list
            when !list.isEmpty() -> {
                text.append(indent).append("-");
                value(list, indent + "  ");
            }
            default -> text.append(indent).append("- ").append(scalar(element)).append('\n');
        }
    }

    private static String scalar(Object value) {
        return switch (value) {
            case Map<?, ?> _ -> "{}";
            case List<?> _ -> "[]";
            case Double number -> number.toString().toLowerCase(Locale.ROOT);
            case String string when !isPlain(string) -> quoted(string);
            default -> value.toString();
        };
    }

    private static boolean isPlain(String string) {
        return PLAIN.matcher(string).matches()
                && !WORD_OF_YAML.matcher(string.toLowerCase(Locale.ROOT)).matches();
    }

    private static String quoted(String string) {
        var quoted = new StringBuilder("\"");
        string.chars().forEach(c -> quoted.append(escaped((char) c)));
        return quoted.append('"').toString();
    }

    private static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            default -> isPrintable(c) ? String.valueOf(c) : "\\u%04x".formatted((int) c);
        };
    }

    private static boolean isPrintable(char c) {
        boolean ascii = c >= ' ' && c < 0x7f;
        boolean beyond = c >= 0xa0 && c < 0xfffe && c != 0xfeff && c != 0x2028 && c != 0x2029;
        return ascii || beyond;
    }
}
