package dev.caravan.recipe;

import dev.caravan.DataException;
import dev.caravan.data.Message;
import dev.caravan.data.Prompt;
import dev.caravan.io.JsonLines;
import dev.caravan.text.TokenContract;
import dev.caravan.text.TokenizedConversation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What stages have in common where they read rows.
final class DataRows {
    private DataRows() {}

    /// @throws DataException when no row is left to work on; it says what became of them
    static void requireSome(long left, StageRun run, String stage) {
        if (left > 0) return;
        Manifest.Rows rows = run.counts().rows();
        String fate = rows.in() == 0
                ? "its data is empty"
                : "none of %d is left%s".formatted(rows.in(), reasons(rows.rejected()));
        throw new DataException("stage " + stage + " has no rows to work on: " + fate
                + "; look at its data, or loosen what leaves rows out");
    }

    private static String reasons(Map<String, Long> rejected) {
        return rejected.isEmpty()
                ? ""
                : rejected.entrySet().stream()
                        .map(reason -> reason.getKey() + ": " + reason.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    /// The first prompts that say how their answers are to be verified; all that are read are counted.
    static List<Prompt> checkedPrompts(StageRun run, Path file, int most) {
        try (Stream<Prompt> all = JsonLines.rows(file, Prompt.class)) {
            return all.peek(_ -> run.counts().in(1))
                    .filter(prompt -> hasCheck(run, prompt))
                    .limit(most)
                    .toList();
        }
    }

    /// The first prompts, whether they can be verified or not; all that are read are counted.
    static List<Prompt> prompts(StageRun run, Path file, int most) {
        try (Stream<Prompt> all = JsonLines.rows(file, Prompt.class)) {
            return all.limit(most).peek(_ -> run.counts().in(1)).toList();
        }
    }

    private static boolean hasCheck(StageRun run, Prompt prompt) {
        if (prompt.check().isEmpty()) run.leaveOut(prompt.id(), "check", "no check");
        return prompt.check().isPresent();
    }

    /// @param id what to call the row in messages
    /// @param tools that the template is to offer
    static TokenizedConversation tokens(
            TokenContract contract, String id, List<Message> messages, Optional<JsonNode> tools) {
        try {
            return contract.withTools(tools).conversation(messages);
        } catch (DataException e) {
            throw new DataException("row '" + id + "': " + e.getMessage(), e);
        }
    }
}
