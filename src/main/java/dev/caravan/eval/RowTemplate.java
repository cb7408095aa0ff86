package dev.caravan.eval;

import dev.caravan.DataException;
import dev.caravan.config.Scalar;
import dev.caravan.io.Json;
import dev.caravan.text.jinja.JinjaTemplate;
import dev.caravan.text.jinja.JsonValues;
import dev.caravan.text.jinja.Origin;
import dev.caravan.text.jinja.TemplateException;
import dev.caravan.text.jinja.Value;
import dev.caravan.text.jinja.Whitespace;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// A Jinja template over the columns of a row, such as `Question: {{ question }}`. A column that a row lacks is
/// undefined, so `{{ question or Question }}` reads whichever there is; `row` is all of them, for names with
/// spaces.
@Scalar
public record RowTemplate(String source) {
    private static final Whitespace AS_WRITTEN = new Whitespace(false, false);
    private static final LocalDateTime NO_DAY = LocalDateTime.of(2024, 1, 1, 0, 0);

    public RowTemplate {
        parse(source);
    }

    private static JinjaTemplate parse(String source) {
        try {
            return JinjaTemplate.parse(source, AS_WRITTEN);
        } catch (TemplateException e) {
            throw new IllegalArgumentException("is not a template: " + e.getMessage());
        }
    }

    /// The template, ready for many rows. It throws a [DataException] when a row lacks what the template needs.
    Function<JsonNode, String> text() {
        JinjaTemplate template = parse(source);
        String end = source.endsWith("\n") ? "\n" : ""; // Jinja drops one line break at the end
        return row -> render(template, row) + end;
    }

    /// As [#text], for a template that writes JSON.
    Function<JsonNode, JsonNode> json() {
        Function<JsonNode, String> text = text();
        return row -> Json.tree(text.apply(row));
    }

    private static String render(JinjaTemplate template, JsonNode row) {
        Map<String, Value> columns = new LinkedHashMap<>();
        row.properties().forEach(column -> columns.put(column.getKey(), JsonValues.of(column.getValue(), Origin.DATA)));
        columns.putIfAbsent("row", JsonValues.of(row, Origin.DATA));
        try {
            return template.render(columns, NO_DAY).toString();
        } catch (TemplateException e) {
            throw new DataException(
                    "the row has columns %s, but its template needs others: %s"
                            .formatted(row.propertyNames(), e.getMessage()),
                    e);
        }
    }
}
