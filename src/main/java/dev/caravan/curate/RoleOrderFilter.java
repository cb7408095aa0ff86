package dev.caravan.curate;

import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import java.util.List;
import java.util.Optional;

/// Rejects a conversation whose roles are not: at most one system message at the start, then user and assistant in
/// turns, the assistant last.
public record RoleOrderFilter() implements Filter {
    @Override
    public String name() {
        return "role-order";
    }

    @Override
    public Optional<String> objection(Conversation conversation) {
        List<Message> messages = conversation.messages();
        boolean system = !messages.isEmpty() && messages.getFirst().role().equals(Message.SYSTEM);
        int first = system ? 1 : 0;
        for (int i = first; i < messages.size(); i++) {
            String due = (i - first) % 2 == 0 ? Message.USER : Message.ASSISTANT;
            String role = messages.get(i).role();
            if (!role.equals(due)) {
                return Optional.of("message %d is by %s where %s is due".formatted(i + 1, role, due));
            }
        }
        boolean answered = messages.size() > first && (messages.size() - first) % 2 == 0;
        return answered ? Optional.empty() : Optional.of("the last message is not by the assistant");
    }
}
