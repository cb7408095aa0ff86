package dev.caravan.data;

import java.util.List;

/// Messages with an id and the source they came from: what supervised fine-tuning learns from.
///
/// @param id stable and unique within a run; `why` finds the row by it
/// @param source the name of the source that produced it
public record Conversation(String id, String source, List<Message> messages) {
    public Conversation {
        messages = List.copyOf(messages);
    }
}
