package dev.caravan.generate.synthesis;

import dev.caravan.data.Conversation;
import dev.caravan.data.Prompt;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What became of a row.
sealed interface Outcome {
    Draft draft();

    /// @param prompt with the check that the answer passed, where there is one
    record Made(Draft draft, Conversation conversation, Prompt prompt) implements Outcome {
        String request() {
            return conversation.messages().getFirst().content();
        }

        String response() {
            return conversation.messages().getLast().content();
        }
    }

    /// @param filter the key under which it is counted
    /// @param prompt as far as it came
    /// @param response as far as it came
    record Rejected(Draft draft, String filter, String reason, Optional<String> prompt, Optional<String> response)
            implements Outcome {
        /// Its line in `rejected.jsonl`.
        Map<String, Object> line() {
            var row = new LinkedHashMap<String, Object>();
            row.put("persona", draft.persona());
            prompt.ifPresent(text -> row.put("prompt", text));
            response.ifPresent(text -> row.put("response", text));
            var line = new LinkedHashMap<String, Object>();
            line.put("id", draft.id());
            line.put("filter", filter);
            line.put("reason", reason);
            line.put("row", row);
            return line;
        }
    }
}
