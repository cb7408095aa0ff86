package dev.caravan.judge;

import dev.caravan.data.Message;
import java.util.List;
import java.util.stream.Collectors;

/// Texts that answer one prompt and are to be rated.
///
/// @param id names the draws
public record Comparison(String id, List<Message> prompt, List<String> texts) {
    public Comparison {
        prompt = List.copyOf(prompt);
        texts = List.copyOf(texts);
    }

    /// The prompt as a judge reads it: the one message of the user as it stands, else each turn under its role.
    String instruction() {
        if (prompt.size() == 1 && prompt.getFirst().role().equals(Message.USER))
            return prompt.getFirst().content();
        return prompt.stream()
                .map(message -> "[" + message.role() + "]\n" + message.content())
                .collect(Collectors.joining("\n\n"));
    }
}
