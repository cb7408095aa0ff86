package dev.caravan.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Messages with an id and the source they came from: what supervised fine-tuning learns from.
///
/// @param id stable and unique within a run; `why` finds the row by it
/// @param source the name of the source that produced it
/// @param licence of the source, where it is known
/// @param skill that the source is meant to teach, where it is known
/// @param tools descriptions of the tools that the assistant may call, as the template is to see them
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Conversation(
        String id,
        String source,
        List<Message> messages,
        Optional<String> licence,
        Optional<Skill> skill,
        Optional<JsonNode> tools) {
    public Conversation {
        messages = List.copyOf(messages);
        tools = tools.filter(list -> !list.isEmpty()); // an absent key is read as a node that holds nothing
    }

    /// A conversation of a source that declares neither licence nor skill.
    public Conversation(String id, String source, List<Message> messages) {
        this(id, source, messages, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// The same conversation under another id.
    public Conversation withId(String other) {
        return new Conversation(other, source, messages, licence, skill, tools);
    }
}
