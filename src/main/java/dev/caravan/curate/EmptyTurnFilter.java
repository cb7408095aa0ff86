package dev.caravan.curate;

import dev.caravan.data.Conversation;
import java.util.Optional;

/// Rejects a conversation without messages, or with a message that says nothing but white space.
public record EmptyTurnFilter() implements Filter {
    @Override
    public String name() {
        return "empty-turn";
    }

    @Override
    public Optional<String> objection(Conversation conversation) {
        if (conversation.messages().isEmpty()) {
            return Optional.of("there are no messages");
        }
        for (int i = 0; i < conversation.messages().size(); i++) {
            if (conversation.messages().get(i).content().isBlank()) {
                return Optional.of("message %d (%s) is empty"
                        .formatted(i + 1, conversation.messages().get(i).role()));
            }
        }
        return Optional.empty();
    }
}
