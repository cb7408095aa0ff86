package dev.caravan.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One prompt with a better and a worse answer.
///
/// @param because why the chosen answer is the better one
/// @param licence of the source, where it is known
/// @param skill that the source is meant to teach, where it is known
/// @param tools descriptions of the tools that the assistant may call, as the template is to see them
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PreferencePair(
        String id,
        String source,
        List<Message> prompt,
        String chosen,
        String rejected,
        String because,
        Optional<String> licence,
        Optional<Skill> skill,
        Optional<JsonNode> tools) {
    public PreferencePair {
        prompt = List.copyOf(prompt);
        tools = tools.filter(list -> !list.isEmpty()); // an absent key is read as a node that holds nothing
    }

    /// A pair of a source that declares neither licence nor skill.
    public PreferencePair(
            String id, String source, List<Message> prompt, String chosen, String rejected, String because) {
        this(id, source, prompt, chosen, rejected, because, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// The same pair for another reason.
    public PreferencePair withBecause(String other) {
        return new PreferencePair(id, source, prompt, chosen, rejected, other, licence, skill, tools);
    }

    /// The same pair under another id.
    public PreferencePair withId(String other) {
        return new PreferencePair(other, source, prompt, chosen, rejected, because, licence, skill, tools);
    }
}
