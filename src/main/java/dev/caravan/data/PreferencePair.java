package dev.caravan.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/// One prompt with a better and a worse answer.
///
/// @param because why the chosen answer is the better one
/// @param licence of the source, where it is known
/// @param skill that the source is meant to teach, where it is known
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PreferencePair(
        String id,
        String source,
        List<Message> prompt,
        String chosen,
        String rejected,
        String because,
        Optional<String> licence,
        Optional<Skill> skill) {
    public PreferencePair {
        prompt = List.copyOf(prompt);
    }

    /// A pair of a source that declares neither licence nor skill.
    public PreferencePair(
            String id, String source, List<Message> prompt, String chosen, String rejected, String because) {
        this(id, source, prompt, chosen, rejected, because, Optional.empty(), Optional.empty());
    }
}
