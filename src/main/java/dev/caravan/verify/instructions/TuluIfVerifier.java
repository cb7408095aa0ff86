package dev.caravan.verify.instructions;

import dev.caravan.DataException;
import dev.caravan.data.Verdict;
import dev.caravan.io.Json;
import dev.caravan.verify.Compat;
import dev.caravan.verify.Verifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The instruction of a row of Tülu 3's RLVR data against the whole completion. Expected is
/// `{"function": NAME, "args": {…}}`, or the ground truth of that data: `{"func_name": NAME, …}` with the arguments
/// beside the name and `null` for those that the function has not.
///
/// [Compat#TULU3] judges as the release did: it reads `!` as no end of a sentence, wants "around" N words in capitals
/// to be exactly N, asks whether the completion is part of an option instead of the reverse, and takes any number of
/// placeholders. What made the release stop with an error cannot be judged under either.
public record TuluIfVerifier(Compat compat) implements Verifier {
    static final int LONGEST = 1_000_000;

    @Override
    public Verdict verify(String completion, String expected) {
        if (completion.length() > LONGEST) {
            return new Verdict.Failed("the completion has %d characters, more than the %d that are read"
                    .formatted(completion.length(), LONGEST));
        }
        try {
            return judge(completion, Json.tree(expected));
        } catch (DataException e) {
            return new Verdict.Failed(String.valueOf(e.getMessage()));
        }
    }

    private Verdict judge(String completion, JsonNode expected) {
        JsonNode name = expected.has("function") ? expected.get("function") : expected.get("func_name");
        if (name == null || !name.isString()) {
            throw new DataException("the expected answer names no function");
        }
        TuluFunction function = TuluFunction.named(name.asString())
                .orElseThrow(() -> new DataException("there is no function '" + name.asString() + "'"));
        return function.holds(completion, arguments(name.asString(), expected), compat)
                ? Verdict.correct(name.asString() + " holds")
                : Verdict.wrong(name.asString() + " does not hold");
    }

    private static Arguments arguments(String function, JsonNode expected) {
        JsonNode given = expected.has("function") ? expected.get("args") : expected;
        return new Arguments(
                function, given instanceof ObjectNode ? given : Json.mapper().createObjectNode());
    }
}
