package dev.caravan.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import dev.caravan.data.Check;
import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesSourceTest {
    private static final String CHAT =
            "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}, {\"role\": \"assistant\", \"content\": \"Ho\"}]}";

    @TempDir
    private Path folder;

    @Test
    void threeShapesOfRowsAreRead() throws IOException {
        JsonLinesSource source = source(
                CHAT, "", "{\"prompt\": \"Hi\", \"completion\": \"Ho\"}", "{\"question\": \"Hi\", \"answer\": \"Ho\"}");
        List<Message> messages = List.of(Message.user("Hi"), Message.assistant("Ho"));
        assertThat(source.conversations())
                .extracting(Conversation::messages)
                .containsExactly(messages, messages, messages);
    }

    @Test
    void idsStayWhenOtherRowsComeAndGo() throws IOException {
        String id = source(CHAT).conversations().findFirst().orElseThrow().id();
        assertThat(source("{\"prompt\": \"a\", \"completion\": \"b\"}", CHAT, CHAT)
                        .conversations())
                .extracting(Conversation::id)
                .hasSize(3)
                .endsWith(id, id + ".2");
        assertThat(id).matches("[0-9a-f]{16}");
    }

    @Test
    void checksComeFromGroundTruthAndFromGoldSolutions() throws IOException {
        JsonLinesSource source = source(
                "{\"messages\": [{\"role\": \"user\", \"content\": \"Q\"}], \"ground_truth\": \"4\", \"dataset\": \"GSM8K\"}",
                "{\"question\": \"Q\", \"answer\": \"2 + 2 = 4\\n#### 4\"}",
                CHAT);
        assertThat(source.prompts())
                .extracting(prompt -> prompt.check().orElse(null))
                .containsExactly(new Check("gsm8k", "4"), new Check("gsm8k", "4"), null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"messages\": []} | messages must be a list of at least one message",
                "{\"messages\": [{\"role\": \"bot\", \"content\": \"\"}]} | role must be system, user, assistant or tool, got 'bot'",
                "{\"messages\": [{\"role\": \"user\"}]} | content is missing",
                "{\"messages\": [{\"role\": \"user\", \"content\": 5}]} | content must be a text, got 5",
                "{\"prompt\": \"Hi\"} | completion is missing",
                "{\"text\": \"Hi\"} | a row must have one of these: ",
                "[1] | a row must be a JSON object",
                "{\"messages\" | not valid JSON"
            })
    void badRowIsNamedByFileAndLine(String row, String rule) throws IOException {
        JsonLinesSource source = source(CHAT, "", row);
        assertThatThrownBy(() -> source.conversations().toList())
                .isInstanceOf(DataException.class)
                .hasMessageContaining(source.path() + ":3: " + rule);
    }

    @Test
    void missingFileAndOtherEncodingsAreSaid() throws IOException {
        var missing = new JsonLinesSource("x", folder.resolve("none.jsonl").toString());
        assertThatThrownBy(() -> missing.conversations().toList()).hasMessageStartingWith("there is no file");
        Path latin = folder.resolve("latin.jsonl");
        Files.write(latin, "{\"prompt\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> new JsonLinesSource("x", latin.toString())
                        .conversations()
                        .toList())
                .isInstanceOf(DataException.class)
                .hasMessageContaining(":1: the line is not UTF-8 text");
    }

    @Test
    void packedFileIsUnpacked() throws IOException {
        Path packed = folder.resolve("rows.jsonl.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(CHAT.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(new JsonLinesSource("rows", packed.toString()).conversations())
                .hasSize(1);
    }

    private JsonLinesSource source(String... lines) throws IOException {
        Path file = folder.resolve("rows.jsonl");
        Files.write(file, List.of(lines));
        return new JsonLinesSource("rows", file.toString());
    }
}
