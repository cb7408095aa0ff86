package dev.caravan.curate;

import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Rejects a conversation whose roles are not: at most one system message at the start, then user and assistant in
/// turns, the assistant last; of a prompt, the user or a tool last. Behind a turn that calls tools come the tools'
/// answers, and the assistant goes on.
public record RoleOrderFilter() implements Filter {
    @Override
    public String name() {
        return "role-order";
    }

    @Override
    public Optional<String> objection(Conversation conversation) {
        return disorder(conversation).or(() -> unless(endsWith(conversation, Message.ASSISTANT), "the assistant"));
    }

    @Override
    public Optional<Function<Conversation, Optional<String>>> forPrompts() {
        return Optional.of(prompt -> disorder(prompt).or(() -> unless(awaits(prompt), "the user or a tool")));
    }

    private static Optional<String> disorder(Conversation conversation) {
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
        return Optional.empty();
    }

    private static boolean awaits(Conversation prompt) {
        return endsWith(prompt, Message.USER) || endsWith(prompt, Message.TOOL);
    }

    private static boolean endsWith(Conversation conversation, String role) {
        List<Message> messages = conversation.messages();
        return !messages.isEmpty() && messages.getLast().role().equals(role);
    }

    private static Optional<String> unless(boolean right, String due) {
        return right ? Optional.empty() : Optional.of("the last message is not by " + due);
    }

    private static List<String> dueAfter(Message message) {
        return switch (message.role()) {
            case Message.USER -> List.of(Message.ASSISTANT);
            case Message.TOOL -> List.of(Message.ASSISTANT, Message.TOOL);
            default -> message.toolCalls().isPresent() ? List.of(Message.TOOL) : List.of(Message.USER);
        };
    }
}
