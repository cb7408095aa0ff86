package dev.caravan.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.ConformanceRows;
import dev.caravan.DataException;
import dev.caravan.io.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ShapeTest {
    @ParameterizedTest
    @MethodSource("rows")
    void shapeIsRecognisedByItsKeysAndReadToTurns(JsonNode known) {
        var row = new JsonRow("f:1", known.get("row"));
        assertThat(Shape.of(row)).hasToString("Optional[" + known.get("shape").asString() + "]");
        Turns turns = Shape.of(row).orElseThrow().read(row);
        assertThat(turns.messages()).map(m -> m.role() + ": " + m.content()).isEqualTo(texts(known.get("turns")));
        assertThat(turns.check().map(c -> c.verifier() + " " + c.expected()).orElse(""))
                .isEqualTo(known.path("check").asString(""));
        assertThat(turns.rejected().orElse("")).isEqualTo(known.path("rejected").asString(""));
        assertThat(turns.messages().stream().flatMap(m -> m.toolCalls().stream()))
                .containsExactlyElementsOf(known.path("calls"));
        assertThat(ToolCalls.tools(row).stream()).containsExactlyElementsOf(list(known.path("tools")));
    }

    private static List<JsonNode> list(JsonNode node) {
        return node.isMissingNode() ? List.of() : List.of(node);
    }

    static Stream<JsonNode> rows() {
        return ConformanceRows.own("curate/shapes.jsonl").stream();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"conversations\": [{\"from\": \"narrator\", \"value\": \"\"}]} | from must be human, gpt, system, function_call or observation, got 'narrator'",
                "{\"conversations\": [{\"from\": \"function_call\", \"value\": \"weather\"}]} | value is not valid JSON: Unrecognized token 'weather': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
                "{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", \"value\": \"1.jpg\"}]}]} | content must be text, but has a part of type image_url",
                "{\"messages\": [{\"role\": \"assistant\", \"tool_calls\": [7]}]} | tool_calls must be objects, got 7",
                "{\"messages\": [{\"role\": \"judge\", \"content\": \"\"}]} | role must be system, user, assistant or tool, got 'judge'",
                "{\"conversations\": [\"Hi\"]} | conversations must hold objects, got \"Hi\"",
                "{\"problem\": \"a\", \"answer\": null} | a problem needs a solution or an answer",
                "{\"instruction\": \"a\", \"output\": 5} | output must be a text, got 5",
                "{\"chosen\": \"a\", \"rejected\": \"b\"} | chosen and rejected are answers, but there is no prompt beside them",
                "{\"chosen\": \"\\n\\nHuman: a\\n\\nAssistant: b\", \"rejected\": \"\\n\\nHuman: c\\n\\nAssistant: b\"} | chosen and rejected must share all turns but the last",
                "{\"chosen\": \"\\n\\nHuman: a\", \"rejected\": \"\\n\\nHuman: a\"} | chosen and rejected must end with the assistant",
                "{\"message_tree_id\": \"t\", \"prompt\": {\"role\": \"x\", \"text\": \"\"}} | role must be prompter or assistant, got 'x'",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"\"}], \"ground_truth\": \"4\"} | dataset is missing"
            })
    void valueThatTheShapeCannotUseIsNamed(String text, String rule) {
        var row = new JsonRow("f:1", Json.tree(text));
        Shape shape = Shape.of(row).orElseThrow();
        assertThatThrownBy(() -> shape.read(row))
                .isInstanceOf(DataException.class)
                .hasMessage("f:1: " + rule);
    }

    @Test
    void transcriptOfManyTurnsIsReadInOnePass() {
        String turns = "\n\nHuman: a".repeat(200_000) + "\n\nAssistant: ";
        var row = new JsonRow(
                "f:1",
                Json.mapper().createObjectNode().put("chosen", turns + "b").put("rejected", turns + "c"));
        assertThat(Shape.HH_RLHF.read(row).messages()).hasSize(200_001);
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
