package dev.caravan.cli;

import dev.caravan.io.Json;
import dev.caravan.text.TokenizedConversation;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `caravan tokenize`: texts and conversations to token ids.
@Command(
        name = "tokenize",
        mixinStandardHelpOptions = true,
        description = "Turn {\"text\"} into {\"ids\"}, and {\"messages\"} into {\"ids\", \"mask\", \"text\"}.")
final class TokenizeCommand implements Callable<Integer> {
    @Mixin
    private final RowTool rows = new RowTool();

    @Mixin
    private final TokenModel model = new TokenModel();

    @Option(names = "--parse-special", description = "read special tokens that a text spells out as special tokens")
    private boolean parseSpecial;

    @Override
    public Integer call() throws IOException {
        return rows.each(row -> row.has("messages") ? conversation(row) : text(row));
    }

    private ObjectNode text(ObjectNode row) {
        String text = RowFields.text(row, "text");
        var tokenizer = model.tokenizer();
        ObjectNode answer = Json.mapper().createObjectNode();
        RowFields.put(
                answer.putArray("ids"), parseSpecial ? tokenizer.encodeParsingSpecials(text) : tokenizer.encode(text));
        return answer;
    }

    private ObjectNode conversation(ObjectNode row) {
        TokenizedConversation tokens = model.contract().conversation(MessageRows.messages(row));
        ObjectNode answer = Json.mapper().createObjectNode();
        RowFields.put(answer.putArray("ids"), tokens.ids());
        ArrayNode mask = answer.putArray("mask");
        for (float weight : tokens.lossWeights()) mask.add(weight > 0 ? 1 : 0);
        return answer.put("text", tokens.text());
    }
}
