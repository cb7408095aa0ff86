package dev.caravan.data;

import java.util.List;

/// One prompt with a better and a worse answer.
///
/// @param because why the chosen answer is the better one
public record PreferencePair(
        String id, String source, List<Message> prompt, String chosen, String rejected, String because) {
    public PreferencePair {
        prompt = List.copyOf(prompt);
    }
}
