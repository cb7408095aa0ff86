package dev.caravan.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.data.Message;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ChatMaskGoldenTest {
    private final Path model = Shared.need("models/smollm2-135m-instruct", "60 masked conversations");
    private final List<JsonNode> rows = Shared.rows(Shared.need("golden/chat_masks.jsonl", "60 masked conversations"));

    @ParameterizedTest
    @ValueSource(strings = {"tulu", "own"})
    void idsAndMasksEqualHuggingFaces(String template) {
        TokenContract contract = TokenContract.load(model, template);
        assertThat(rows)
                .filteredOn(row -> row.path("template").asString().equals(template)
                        && !row.path("special_in_content").asBoolean())
                .hasSize(25)
                .allSatisfy(row -> {
                    TokenizedConversation tokens = contract.conversation(messages(row));
                    assertThat(tokens.text()).isEqualTo(row.path("text").asString());
                    assertThat(tokens.ids()).containsExactly(Shared.ids(row.path("ids")));
                    assertThat(mask(tokens)).containsExactly(Shared.ids(row.path("mask")));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"tulu", "own"})
    void specialTokensThatAMessageSpellsOutStayText(String template) {
        TokenContract contract = TokenContract.load(model, template);
        assertThat(rows)
                .filteredOn(row -> row.path("template").asString().equals(template)
                        && row.path("special_in_content").asBoolean())
                .hasSize(5)
                .allSatisfy(row -> {
                    TokenizedConversation tokens = contract.conversation(messages(row));
                    assertThat(tokens.text()).isEqualTo(row.path("text").asString());
                    for (int i = 0; i < tokens.size(); i++) {
                        if (tokens.owners()[i] >= 0) {
                            assertThat(contract.tokenizer().isSpecial(tokens.ids()[i]))
                                    .isFalse();
                        }
                    }
                    assertThat(withSpecialsParsed(contract, tokens)).containsExactly(Shared.ids(row.path("ids")));
                });
    }

    /// What Hugging Face makes of the same text.
    private static int[] withSpecialsParsed(TokenContract contract, TokenizedConversation tokens) {
        return contract.tokenizer().encodeParsingSpecials(tokens.text());
    }

    private static List<Message> messages(JsonNode row) {
        return row.path("messages")
                .valueStream()
                .map(m ->
                        new Message(m.path("role").asString(), m.path("content").asString()))
                .toList();
    }

    private static int[] mask(TokenizedConversation tokens) {
        var mask = new int[tokens.size()];
        for (int i = 0; i < mask.length; i++) mask[i] = (int) tokens.lossWeights()[i];
        return mask;
    }
}
