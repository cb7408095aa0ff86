package dev.caravan.cli;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Line;
import dev.caravan.text.TokenizedConversation;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `caravan inspect`: which tokens a model reads and which of them it learns.
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Show conversations as tokens: which are read, which are learnt.")
final class InspectCommand implements Callable<Integer> {
    private static final int BAD_ROWS = 3;

    @Parameters(paramLabel = "DATA", description = "JSON lines with messages")
    private Path data = Path.of("");

    @Mixin
    private final TokenModel model = new TokenModel();

    @Option(names = "--rows", paramLabel = "N", description = "how many rows (default: ${DEFAULT-VALUE})")
    private long rows = 3;

    @Option(names = "--ids", description = "show token ids beside the tokens")
    private boolean ids;

    @Option(
            names = "--json",
            description = "print {\"tokens\": [{\"id\", \"text\", \"owner\", \"loss_weight\"}]} a row")
    private boolean json;

    @Override
    public Integer call() {
        try (Stream<Line> lines = JsonLines.lines(data)) {
            return lines.limit(rows).mapToInt(this::show).max().orElse(0);
        }
    }

    /// Prints one row and returns the exit status that it asks for.
    private int show(Line line) {
        try {
            JsonNode row = line.tree();
            TokenizedConversation tokens = model.contract().conversation(MessageRows.messages(row));
            if (json) System.out.println(answer(row, tokens));
            else print(line, tokens, System.out);
            return 0;
        } catch (DataException e) {
            String message = "line " + line.number() + ": " + e.getMessage();
            System.out.println(json ? Json.mapper().createObjectNode().put("error", message) : message);
            return BAD_ROWS;
        }
    }

    private ObjectNode answer(JsonNode row, TokenizedConversation tokens) {
        ObjectNode answer = Json.mapper().createObjectNode();
        if (row.has("id")) answer.set("id", row.get("id"));
        ArrayNode list = answer.putArray("tokens");
        for (int i = 0; i < tokens.size(); i++) {
            ObjectNode token = list.addObject().put("id", tokens.ids()[i]).put("text", text(tokens, i));
            if (tokens.owners()[i] == TokenizedConversation.TEMPLATE) token.put("owner", "template");
            else token.put("owner", tokens.owners()[i]);
            token.put("loss_weight", tokens.lossWeights()[i]);
        }
        return answer;
    }

    private String text(TokenizedConversation tokens, int index) {
        return model.tokenizer().tokenText(tokens.ids()[index]);
    }

    /// Learnt tokens stand on green, the others are grey when the template wrote them; without colours learnt ones
    /// stand between ⟦ and ⟧.
    private void print(Line line, TokenizedConversation tokens, PrintStream out) {
        out.printf("%s: %d tokens, %d learnt%n", line.place(), tokens.size(), tokens.trainedTokens());
        var view = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) view.append(styled(tokens, i));
        out.println(view.append('\n'));
    }

    private String styled(TokenizedConversation tokens, int index) {
        boolean learnt = tokens.lossWeights()[index] > 0;
        String token = text(tokens, index) + (ids ? "·" + tokens.ids()[index] + " " : "");
        if (!Ansi.AUTO.enabled()) return learnt ? "⟦" + token + "⟧" : token;
        // a tint that alternates shows where one token ends
        String learntStyle = index % 2 == 0 ? "\u001B[30;42m" : "\u001B[30;102m";
        String readStyle = tokens.owners()[index] == TokenizedConversation.TEMPLATE ? "\u001B[90m" : "\u001B[39m";
        return (learnt ? learntStyle : readStyle) + token + "\u001B[0m";
    }
}
