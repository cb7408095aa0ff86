package dev.caravan.eval;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import dev.caravan.data.Check;
import dev.caravan.data.Verdict;
import dev.caravan.io.Json;
import dev.caravan.judge.JudgeVerifier;
import dev.caravan.verify.Verifiers;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Gives every gold answer to its own verifier, before a model is trained on the verdicts.
public final class Audit {
    private final Verifiers verifiers = Verifiers.installed();

    /// What came of a row's gold answer.
    ///
    /// @param answer what was judged; empty where the row has no answer that could be
    public record Finding(Optional<String> answer, Verdict verdict) {
        /// Whether the gold answer counts as correct.
        public boolean passes() {
            return verdict instanceof Verdict.Scored scored && scored.correct();
        }
    }

    /// @param solution the row's own worked answer, where it has one
    public Finding of(Check check, Optional<String> solution) {
        if (JudgeVerifier.Kind.named(check.verifier()).isPresent()) {
            return new Finding(Optional.empty(), Verdict.correct("a judge decides it, who is not asked here"));
        }
        try {
            var verifier = verifiers.get(check.verifier(), dev.caravan.verify.Reading.DEFAULT);
            Optional<String> answer = solution.or(() -> answer(check));
            return new Finding(
                    answer,
                    answer.map(text -> verifier.verify(text, check.expected()))
                            .orElseGet(() -> readable(check, verifier.verify("", check.expected()))));
        } catch (RecipeException unknown) {
            return new Finding(Optional.empty(), new Verdict.Failed(String.valueOf(unknown.getMessage())));
        }
    }

    /// Without an answer all that can be said is whether the verifier understands what is expected.
    private static Verdict readable(Check check, Verdict ofNothing) {
        return ofNothing instanceof Verdict.Failed
                ? ofNothing
                : Verdict.correct(check.verifier() + " understands what is expected");
    }

    /// The expected answer as a completion would say it; empty for verifiers that expect a rule and no answer.
    private static Optional<String> answer(Check check) {
        String expected = check.expected();
        return switch (check.verifier()) {
            case "arithmetic" -> Optional.of("#### " + expected);
            case "bbh" -> Optional.of("So the answer is " + expected.strip() + ".");
            case "letter", "mmlu-pro" -> Optional.of("The answer is (" + letter(expected) + ").");
            case "boxed", "code", "ifbench", "ifeval", "max-length", "refusal", "regex", "tulu-if" -> Optional.empty();
            case "math" -> Optional.of(expected.contains("\\boxed") ? expected : "\\boxed{" + expected + "}");
            default -> Optional.of(first(expected));
        };
    }

    private static String letter(String expected) {
        JsonNode tree = tree(expected);
        return tree.isObject() ? tree.path("answer").asString("") : expected.strip();
    }

    /// The first of a list of accepted answers.
    private static String first(String expected) {
        JsonNode tree = tree(expected);
        if (!tree.isArray() || tree.isEmpty()) return expected;
        JsonNode first = tree.get(0);
        return first.isString() ? first.asString() : first.toString();
    }

    private static JsonNode tree(String text) {
        try {
            return text.startsWith("[") || text.startsWith("{")
                    ? Json.tree(text)
                    : Json.mapper().missingNode();
        } catch (DataException notJson) {
            return Json.mapper().missingNode();
        }
    }
}
