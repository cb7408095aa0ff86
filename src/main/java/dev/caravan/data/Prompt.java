package dev.caravan.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/// Messages that await a completion, with the check that decides success where there is one.
///
/// @param licence of the source, where it is known
/// @param skill that the source is meant to teach, where it is known
public record Prompt(
        String id,
        String source,
        List<Message> messages,
        Optional<Check> check,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> licence,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Skill> skill) {
    public Prompt {
        messages = List.copyOf(messages);
    }

    /// A prompt of a source that declares neither licence nor skill.
    public Prompt(String id, String source, List<Message> messages, Optional<Check> check) {
        this(id, source, messages, check, Optional.empty(), Optional.empty());
    }

    /// The same prompt under another id.
    public Prompt withId(String other) {
        return new Prompt(other, source, messages, check, licence, skill);
    }
}
