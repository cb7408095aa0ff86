package dev.caravan.eval;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A table of comma-separated values ([RFC 4180](https://www.rfc-editor.org/rfc/rfc4180)) that does not name its
/// columns, or one of values separated by tabs that does. Line breaks within quotes belong to the value, whichever
/// they are.
final class NamedColumns {
    private final String text;
    private final char separator;
    private final String ends;
    private int at;

    private NamedColumns(String text, char separator) {
        this.text = text;
        this.separator = separator;
        ends = separator + "\r\n";
    }

    static List<JsonNode> rows(Path file, List<String> columns) {
        return rows(file, new NamedColumns(text(file), ','), columns);
    }

    /// The rows of a file with tabs, the first of which names the columns.
    static List<JsonNode> ofTabs(Path file) {
        var table = new NamedColumns(text(file), '\t');
        return rows(file, table, table.record());
    }

    private static List<JsonNode> rows(Path file, NamedColumns table, List<String> columns) {
        var rows = new ArrayList<JsonNode>();
        while (table.at < table.text.length()) {
            List<String> values = table.record();
            if (values.equals(List.of(""))) continue;
            if (values.size() != columns.size()) {
                throw new DataException("%s: row %d has %d values, but the columns are %s"
                        .formatted(file, rows.size() + 1, values.size(), columns));
            }
            ObjectNode row = Json.mapper().createObjectNode();
            for (int i = 0; i < values.size(); i++) row.put(columns.get(i), values.get(i));
            rows.add(row);
        }
        return rows;
    }

    private static String text(Path file) {
        try {
            String text = Files.readString(file);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (IOException e) {
            throw new DataException("cannot read %s as UTF-8 text".formatted(file), e);
        }
    }

    private List<String> record() {
        var values = new ArrayList<String>();
        values.add(value());
        while (at < text.length() && text.charAt(at) == separator) {
            at++;
            values.add(value());
        }
        if (at < text.length() && text.charAt(at) == '\r') at++;
        if (at < text.length() && text.charAt(at) == '\n') at++;
        return values;
    }

    private String value() {
        return at < text.length() && text.charAt(at) == '"' ? quoted() : bare();
    }

    private String bare() {
        int start = at;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) at++;
        return text.substring(start, at);
    }

    private String quoted() {
        var value = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '"') {
                value.append(c);
            } else if (at < text.length() && text.charAt(at) == '"') {
                value.append('"');
                at++;
            } else {
                return value.append(bare()).toString();
            }
        }
        return value.toString();
    }
}
