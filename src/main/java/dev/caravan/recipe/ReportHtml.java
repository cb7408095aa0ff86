package dev.caravan.recipe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/// Markup under construction, HTML and inline SVG alike. Text and attribute values are always escaped, so that no row
/// of a data set can become markup; only the report's own style sheet and script enter as they are. Elements close in
/// the reverse order of their opening, and [#toString()] refuses a page with an element left open.
final class ReportHtml {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> unclosed = new ArrayDeque<>();

    /// @param attributes names and values in turn; an empty value makes a bare attribute
    ReportHtml open(String element, Object... attributes) {
        tag(element, attributes);
        unclosed.push(element);
        return this;
    }

    ReportHtml close() {
        out.append("</").append(unclosed.pop()).append('>');
        return this;
    }

    ReportHtml text(String text) {
        escape(text);
        return this;
    }

    /// An element that holds nothing but text.
    ReportHtml leaf(String element, String text, Object... attributes) {
        return open(element, attributes).text(text).close();
    }

    /// An element of HTML that has no end tag (`meta`, `input`).
    ReportHtml single(String element, Object... attributes) {
        tag(element, attributes);
        return this;
    }

    /// The report's own style sheet or script, taken as it is: never text from a run.
    ReportHtml source(String element, String source) {
        tag(element);
        out.append(source).append("</").append(element).append('>');
        return this;
    }

    ReportHtml newLine() {
        out.append('\n');
        return this;
    }

    @Override
    public String toString() {
        if (!unclosed.isEmpty()) {
            throw new IllegalStateException("elements left open: " + unclosed);
        }
        return out.toString();
    }

    private void tag(String element, Object... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            attribute(attributes[i].toString(), attributes[i + 1]);
        }
        out.append('>');
    }

    private void attribute(String name, Object value) {
        String text = value instanceof Double number ? pixels(number) : value.toString();
        out.append(' ').append(name);
        if (!text.isEmpty()) {
            out.append("=\"");
            escape(text);
            out.append('"');
        }
    }

    /// A coordinate with one digit after the point, which is finer than a screen shows.
    static String pixels(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\t' -> out.append(c);
                default -> out.append(visible(text, i, c));
            }
        }
    }

    /// Control characters as the pictures Unicode has for them, half of a surrogate pair as the replacement
    /// character: HTML allows neither.
    private static char visible(String text, int index, char c) {
        if (c < 0x20) {
            return (char) (0x2400 + c);
        }
        if (c >= 0x7f && c < 0xa0) {
            return '\ufffd';
        }
        if (Character.isHighSurrogate(c)) {
            boolean paired = index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
            return paired ? c : '\ufffd';
        }
        if (Character.isLowSurrogate(c)) {
            return index > 0 && Character.isHighSurrogate(text.charAt(index - 1)) ? c : '\ufffd';
        }
        return c;
    }
}
