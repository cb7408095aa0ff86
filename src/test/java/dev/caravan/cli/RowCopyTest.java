package dev.caravan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RowCopyTest {
    private static final UnaryOperator<List<ObjectNode>> UPPER_CASE =
            rows -> rows.stream().map(RowCopyTest::upperCase).toList();

    @Test
    void answersComeInOrderAndCarryTheRowsId() throws IOException {
        assertThat(copy(2, """
                {"id":"b","text":"x"}
                {"text":"y","unknown":[1]}
                {"id":7,"text":"z"}
                """)).containsExactly("{'id':'b','text':'X'}", "{'text':'Y'}", "{'id':7,'text':'Z'}");
    }

    @Test
    void badRowBecomesAnErrorWithItsLineAndTheOthersAreAnswered() throws IOException {
        assertThat(copy(4, """
                {"id":1,"text":"x"}

                {"id":2}
                [3]
                {"id":4,"text":"y"}
                """))
                .containsExactly(
                        "{'id':1,'text':'X'}",
                        "{'id':2,'error':'line 3: the row has no text'}",
                        "{'error':'line 4: a row must be a JSON object'}",
                        "{'id':4,'text':'Y'}");
    }

    @Test
    void textAfterTheObjectMakesARowBad() throws IOException {
        assertThat(copy(1, "{\"text\":\"x\"} {\"text\":\"y\"}\n").getFirst())
                .startsWith("{'error':'line 1: not valid JSON");
    }

    @Test
    void bytesThatAreNotUtf8MakeARowBad() throws IOException {
        byte[] bytes = "{\"text\":\"?\"}\n{\"text\":\"y\"}\n".getBytes(UTF_8);
        bytes[9] = (byte) 0xff;
        assertThat(copy(1, bytes)).hasSize(2).last().isEqualTo("{'text':'Y'}");
    }

    @Test
    void onlyNewlineEndsALine() throws IOException {
        assertThat(copy(1, "{\"text\":\"a\u2028b\u0085c\"}")).containsExactly("{'text':'A\u2028B\u0085C'}");
    }

    @Test
    void halfASurrogatePairSurvivesAsAnEscape() throws IOException {
        assertThat(copy(1, "{\"text\":\"\\ud83d\"}\n")).containsExactly("{'text':'\\uD83D'}");
    }

    @Test
    void rowsLongerThanTheBufferArriveWhole() throws IOException {
        String input = IntStream.of(10, 70_000, 300_000, 65_536)
                .mapToObj(n -> "{\"text\":\"" + "x".repeat(n) + "\"}")
                .collect(Collectors.joining("\n"));
        assertThat(copy(1, input).stream().map(String::length)).containsExactly(21, 70_011, 300_011, 65_547);
    }

    @Test
    void anExceptionThatIsNotTheRowsFaultEndsTheToolAfterWritingEarlierAnswers() {
        var out = new ByteArrayOutputStream();
        var rows = new ArrayList<>(List.of(0));
        var copy = new RowCopy(new PrintStream(out), 1, inputs -> {
            if (rows.size() == 2) throw new IllegalStateException("broken");
            rows.add(1);
            return inputs;
        });
        assertThatThrownBy(() -> copy.from(new ByteArrayInputStream("{}\n{}\n{}\n".getBytes(UTF_8)), ""))
                .hasMessage("broken");
        assertThat(out.toString(UTF_8)).isEqualTo("{}\n");
    }

    private static ObjectNode upperCase(ObjectNode row) {
        if (!row.has("text")) throw new DataException("the row has no text");
        return Json.mapper()
                .createObjectNode()
                .put("text", row.get("text").asString().toUpperCase());
    }

    private static List<String> copy(int batchSize, String input) throws IOException {
        return copy(batchSize, input.getBytes(UTF_8));
    }

    private static List<String> copy(int batchSize, byte[] input) throws IOException {
        var out = new ByteArrayOutputStream();
        new RowCopy(new PrintStream(out), batchSize, UPPER_CASE).from(new ByteArrayInputStream(input), "");
        return List.of(out.toString(UTF_8).replace('"', '\'').split("\n"));
    }
}
