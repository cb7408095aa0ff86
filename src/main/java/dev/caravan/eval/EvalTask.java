package dev.caravan.eval;

import dev.caravan.curate.TestItem;
import dev.caravan.data.Message;
import dev.caravan.data.Prompt;
import dev.caravan.io.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// An evaluation task with its items: what is scored, what training data is decontaminated against, and the report's
/// row.
///
/// @param version grows with every change of the items or of how they are scored
/// @param metric what the score is, such as `accuracy`
/// @param items every one with a check
public record EvalTask(String name, int version, String metric, List<Prompt> items) {
    public EvalTask {
        items = List.copyOf(items);
        if (items.stream().anyMatch(item -> item.check().isEmpty())) {
            throw new IllegalArgumentException("every item of task " + name + " needs a check");
        }
    }

    /// The SHA-256 of everything that decides a score, in hexadecimal digits.
    public String contentHash() {
        byte[] content = Json.write(this).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    /// The task's first items, as another, smaller task of the same name.
    public EvalTask limitedTo(int count) {
        return new EvalTask(name, version, metric, items.subList(0, Math.min(count, items.size())));
    }

    /// What must not be trained on: the user turns of every item.
    public List<TestItem> protectedTexts() {
        return items.stream()
                .map(item -> new TestItem(name, item.id(), userTurns(item)))
                .toList();
    }

    private static List<String> userTurns(Prompt item) {
        return item.messages().stream()
                .filter(message -> message.role().equals(Message.USER))
                .map(Message::content)
                .toList();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
