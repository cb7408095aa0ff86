package dev.caravan.verify.instructions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rows of separated fields as Python's `csv` reads them: a field that begins with a double quote goes on to the next
/// lone one, an empty line is a row without fields.
final class CommaSeparated {
    private final String text;
    private final char separator;
    private int at;

    private CommaSeparated(String text, char separator) {
        this.text = text;
        this.separator = separator;
    }

    /// The rows; empty when a carriage return stands within a line, which Python refuses.
    static Optional<List<List<String>>> rows(String text, char separator) {
        var reader = new CommaSeparated(text, separator);
        var rows = new ArrayList<List<String>>();
        while (reader.at < text.length()) {
            rows.add(reader.row());
            if (!reader.lineEnds()) {
                return Optional.empty();
            }
        }
        return Optional.of(rows);
    }

    private List<String> row() {
        var fields = new ArrayList<String>();
        if (atLineEnd()) {
            return fields;
        }
        fields.add(field());
        while (at < text.length() && text.charAt(at) == separator) {
            at++;
            fields.add(field());
        }
        return fields;
    }

    private String field() {
        var field = new StringBuilder();
        if (at < text.length() && text.charAt(at) == '"') {
            at++;
            quoted(field);
        }
        while (at < text.length() && text.charAt(at) != separator && !atLineEnd()) {
            field.append(text.charAt(at++));
        }
        return field.toString();
    }

    /// Up to the closing quote; two in a row stand for one.
    private void quoted(StringBuilder field) {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '"') {
                field.append(c);
            } else if (at < text.length() && text.charAt(at) == '"') {
                field.append(text.charAt(at++));
            } else {
                return;
            }
        }
    }

    private boolean atLineEnd() {
        return at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r');
    }

    /// Steps over the end of a line: carriage returns and a line feed, or the end of the text.
    private boolean lineEnds() {
        while (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        if (at == text.length()) {
            return true;
        }
        return text.charAt(at++) == '\n';
    }
}
