package dev.caravan.verify;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What was given as a list and reaches a verifier as JSON text.
final class GivenList {
    private GivenList() {}

    /// The elements, where the text is a JSON list.
    static Optional<List<JsonNode>> of(String text) {
        if (!text.startsWith("[")) {
            return Optional.empty();
        }
        try {
            JsonNode tree = Json.tree(text);
            return tree.isArray() ? Optional.of(tree.valueStream().toList()) : Optional.empty();
        } catch (DataException notJson) {
            return Optional.empty();
        }
    }

    /// The accepted texts of an expectation: those of a list of texts, otherwise the expectation itself.
    static List<String> texts(String expected) {
        return of(expected)
                .filter(list -> !list.isEmpty() && list.stream().allMatch(JsonNode::isString))
                .map(list -> list.stream().map(JsonNode::asString).toList())
                .orElseGet(() -> List.of(expected));
    }
}
