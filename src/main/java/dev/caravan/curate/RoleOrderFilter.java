package dev.caravan.curate;

import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import java.util.List;
import java.util.Optional;

/// Rejects a conversation whose roles are not: at most one system message at the start, then user and assistant in
/// turns, the assistant last. Behind a turn that calls tools come the tools' answers, and the assistant goes on.
public record RoleOrderFilter() implements Filter {
    @Override
    public String name() {
        return "role-order";
    }

    @Override
    public Optional<String> objection(Conversation conversation) {
        List<Message> messages = conversation.messages();
        int first = !messages.isEmpty() && messages.getFirst().role().equals(Message.SYSTEM) ? 1 : 0;
        List<String> due = List.of(Message.USER);
        for (int i = first; i < messages.size(); i++) {
            if (!due.contains(messages.get(i).role())) {
                return Optional.of("message %d is by %s where %s is due"
                        .formatted(i + 1, messages.get(i).role(), String.join(" or ", due)));
            }
            due = dueAfter(messages.get(i));
        }
        boolean answered = messages.size() > first && messages.getLast().role().equals(Message.ASSISTANT);
        return answered ? Optional.empty() : Optional.of("the last message is not by the assistant");
    }

    private static List<String> dueAfter(Message message) {
        return switch (message.role()) {
            case Message.USER -> List.of(Message.ASSISTANT);
            case Message.TOOL -> List.of(Message.ASSISTANT, Message.TOOL);
            default -> message.toolCalls().isPresent() ? List.of(Message.TOOL) : List.of(Message.USER);
        };
    }
}
