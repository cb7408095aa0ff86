package dev.caravan.data;

import java.util.List;
import java.util.Optional;

/// Messages that await a completion, with the check that decides success where there is one.
public record Prompt(String id, String source, List<Message> messages, Optional<Check> check) {
    public Prompt {
        messages = List.copyOf(messages);
    }
}
