package dev.caravan.curate;

import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Rejects a conversation in which the assistant writes the same line too often in one message. Blank lines and white
/// space at the ends of lines do not count.
///
/// @param most how often a line may stand in a message
public record RepeatedLinesFilter(int most) implements Filter {
    public RepeatedLinesFilter {
        if (most < 1) {
            throw new IllegalArgumentException("most must be at least 1, got " + most);
        }
    }

    @Override
    public String name() {
        return "repeated-lines";
    }

    @Override
    public Optional<String> objection(Conversation conversation) {
        return conversation.messages().stream()
                .filter(message -> message.role().equals(Message.ASSISTANT))
                .map(this::repetition)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> repetition(Message message) {
        Map<String, Integer> counts = new HashMap<>();
        return message.content()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && counts.merge(line, 1, Integer::sum) > most)
                .findFirst()
                .map(line -> "the assistant writes a line more than %d times: '%s'".formatted(most, start(line)));
    }

    private static String start(String line) {
        return line.length() <= 40 ? line : line.substring(0, 40) + "…";
    }
}
