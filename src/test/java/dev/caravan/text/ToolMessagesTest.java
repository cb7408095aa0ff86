package dev.caravan.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import dev.caravan.TinyModel;
import dev.caravan.data.Message;
import dev.caravan.io.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ToolMessagesTest {
    private static final String TEMPLATE = """
            {%- if tools %}{{ 'tools: ' + tools | tojson + '\\n' }}{% endif %}
            {%- for message in messages %}
            {{- message.role + ': ' + message.content }}
            {%- if message.tool_calls %}{{ 'calls ' + message.tool_calls | tojson }}{% endif %}
            {{- eos_token if message.role == 'assistant' else '' }}{{ '\\n' }}
            {%- endfor %}
            {%- if add_generation_prompt %}{{ 'assistant: ' }}{% endif %}""";

    private static final JsonNode TOOLS = Json.tree("[{\"name\": \"clock\"}]");
    private static final List<Message> CHAT = List.of(
            Message.user("Time?"),
            Message.calling("", Json.tree("[{\"name\": \"clock\", \"arguments\": {}}]")),
            Message.tool("noon"),
            Message.assistant("Noon."));

    private final TokenContract plain = TinyModel.contract();
    private final TokenContract knowing =
            TokenContract.of(plain.tokenizer(), ChatTemplate.parse("tools", TEMPLATE), plain.controlTokens());

    @Test
    void callsAndAnswersAreLearntAndWhatToolsSayIsRead() {
        TokenizedConversation tokens = knowing.withTools(Optional.of(TOOLS)).conversation(CHAT);
        assertThat(tokens.text())
                .startsWith("tools: [{\"name\": \"clock\"}]\nuser: Time?\n")
                .contains("assistant: calls [{\"name\": \"clock\", \"arguments\": {}}]", "tool: noon\n");
        assertThat(learnt(tokens))
                .contains("calls [{\"name\": \"clock\", \"arguments\": {}}]", "Noon.")
                .doesNotContain("noon", "Time", "tools:");
        assertThat(knowing.conversation(CHAT).text()).doesNotContain("tools:");
    }

    @Test
    void templateThatLeavesOutAToolIsRefused() {
        assertThatThrownBy(() -> plain.conversation(CHAT))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "template 'tulu' leaves out message 2, which belongs to the use of a tool; choose a template"
                                + " that renders tools");
    }

    private static String learnt(TokenizedConversation tokens) {
        var learnt = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.lossWeights()[i] > 0) {
                learnt.append(tokens.text(), tokens.starts()[i], tokens.ends()[i]);
            }
        }
        return learnt.toString();
    }
}
