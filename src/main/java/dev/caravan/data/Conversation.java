package dev.caravan.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/// Messages with an id and the source they came from: what supervised fine-tuning learns from.
///
/// @param id stable and unique within a run; `why` finds the row by it
/// @param source the name of the source that produced it
/// @param licence of the source, where it is known
/// @param skill that the source is meant to teach, where it is known
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Conversation(
        String id, String source, List<Message> messages, Optional<String> licence, Optional<Skill> skill) {
    public Conversation {
        messages = List.copyOf(messages);
    }

    /// A conversation of a source that declares neither licence nor skill.
    public Conversation(String id, String source, List<Message> messages) {
        this(id, source, messages, Optional.empty(), Optional.empty());
    }
}
