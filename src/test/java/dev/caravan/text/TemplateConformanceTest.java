package dev.caravan.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.text.jinja.TemplateException;
import dev.caravan.text.jinja.Whitespace;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TemplateConformanceTest {
    private static final Set<String> OF_THE_ROW = Set.of("add_generation_prompt", "bos_token", "eos_token");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat_templates_real.jsonl.xz",
                "chat_templates.jsonl",
                "jinja_templates.jsonl",
                "jinja_snippets.jsonl"
            })
    void rendersAsPythonDoes(String file) {
        List<JsonNode> rows = Shared.rows(Shared.need("conformance/" + file, "templates of " + file));
        var misses = new ArrayList<String>();
        for (JsonNode row : rows) {
            if (row.path("context").toString().contains("\"$function\"")) continue; // host functions, which JSON lacks
            String expected = row.path("error").isString()
                    ? "refused"
                    : row.path("expected").asString();
            String rendered = render(row);
            boolean agrees = expected.equals("refused") ? rendered.startsWith("refused") : rendered.equals(expected);
            if (!agrees) misses.add(row.path("name").asString() + ": expected " + expected + "\n got " + rendered);
        }
        assertThat(misses).as("of %d rows", rows.size()).isEmpty();
    }

    private static String render(JsonNode row) {
        JsonNode options = row.path("options");
        boolean chat = !options.isObject();
        var whitespace = new Whitespace(
                chat || options.path("trim_blocks").asBoolean(),
                chat || options.path("lstrip_blocks").asBoolean());
        try {
            var template =
                    ChatTemplate.parse("row", row.path("template").asString()).with(whitespace);
            return template.render(variables(row), LocalDateTime.of(2025, 3, 7, 12, 0))
                    .toString();
        } catch (TemplateException e) {
            return "refused: " + e.getMessage();
        }
    }

    private static TemplateVariables variables(JsonNode row) {
        var variables = new TemplateVariables();
        for (var entry : row.path("context").properties()) {
            if (entry.getKey().equals("messages")) variables.messages(entry.getValue());
            else variables.put(entry.getKey(), entry.getValue());
        }
        if (row.has("messages")) variables.messages(row.path("messages"));
        for (String key : OF_THE_ROW) if (row.hasNonNull(key)) variables.put(key, row.path(key));
        return variables;
    }
}
