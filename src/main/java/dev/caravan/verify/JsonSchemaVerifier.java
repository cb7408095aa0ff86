package dev.caravan.verify;

import dev.caravan.DataException;
import dev.caravan.data.Verdict;
import dev.caravan.io.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// JSON that a schema allows, by the part of [draft 2020-12](https://json-schema.org/draft/2020-12) that [JsonSchema]
/// knows. The last fenced block of a completion is taken, or else the whole. A schema with any other keyword, or one
/// that takes more than [JsonSchema#MOST_STEPS] steps, could not tell.
///
/// @param raw whether the whole completion is the JSON, not its last fenced block
public record JsonSchemaVerifier(boolean raw) implements Verifier {
    @Override
    public Verdict verify(String completion, String expected) {
        return judge(completion, expected).verdict();
    }

    @Override
    public Judgement judge(String completion, String expected) {
        return ReadLimit.within(completion, () -> Judgement.withoutAnswer(judged(completion, expected)));
    }

    private Verdict judged(String completion, String expected) {
        JsonNode value;
        try {
            value = Json.tree((raw ? completion : FencedCode.last(completion)).strip());
        } catch (DataException e) {
            return Verdict.wrong(Excerpt.of(String.valueOf(e.getMessage())));
        }
        if (value.isMissingNode()) return Verdict.wrong("the completion is empty");
        try {
            Optional<String> objection = new JsonSchema(Json.tree(expected)).objection(value);
            return objection.map(Verdict::wrong).orElseGet(() -> Verdict.correct("the schema allows it"));
        } catch (DataException e) {
            return new Verdict.Failed(String.valueOf(e.getMessage()));
        }
    }
}
