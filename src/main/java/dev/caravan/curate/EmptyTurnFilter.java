package dev.caravan.curate;

import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import java.util.Optional;

/// Rejects a conversation without messages, or with a message that says nothing but white space. An assistant's turn
/// that calls tools need say nothing, and a tool may have nothing to answer.
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
            Message message = conversation.messages().get(i);
            if (message.saysNothing() && !message.role().equals(Message.TOOL)) {
                return Optional.of("message %d (%s) is empty".formatted(i + 1, message.role()));
            }
        }
        return Optional.empty();
    }
}
