package dev.caravan.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Messages that await a completion, with the check that decides success where there is one.
///
/// @param licence of the source, where it is known
/// @param skill that the source is meant to teach, where it is known
/// @param tools descriptions of the tools that the assistant may call, as the template is to see them
public record Prompt(
        String id,
        String source,
        List<Message> messages,
        Optional<Check> check,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> licence,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Skill> skill,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<JsonNode> tools) {
    public Prompt {
        messages = List.copyOf(messages);
        tools = tools.filter(list -> !list.isEmpty()); // an absent key is read as a node that holds nothing
    }

    /// A prompt of a source that declares neither licence nor skill.
    public Prompt(String id, String source, List<Message> messages, Optional<Check> check) {
        this(id, source, messages, check, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// The same prompt under another id.
    public Prompt withId(String other) {
        return new Prompt(other, source, messages, check, licence, skill, tools);
    }
}
