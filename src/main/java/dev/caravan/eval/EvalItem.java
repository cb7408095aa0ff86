package dev.caravan.eval;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.caravan.io.Json;
import dev.caravan.io.Sha256;
import java.util.List;

/// One item of an evaluation task.
///
/// @param group the sub-task that it belongs to; empty where the task has none
/// @param protectedTexts what must not be trained on
public record EvalItem(
        String id,
        String group,
        EvalPrompt prompt,
        Target target,
        @JsonIgnore List<String> protectedTexts) {
    public EvalItem {
        protectedTexts = List.copyOf(protectedTexts);
    }

    /// The SHA-256 of what is asked and what is right.
    public String hash() {
        return Sha256.of(Json.write(this));
    }
}
