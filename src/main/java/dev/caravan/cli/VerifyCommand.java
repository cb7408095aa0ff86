package dev.caravan.cli;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import dev.caravan.data.Verdict;
import dev.caravan.io.Json;
import dev.caravan.verify.Compat;
import dev.caravan.verify.Judgement;
import dev.caravan.verify.Verifier;
import dev.caravan.verify.Verifiers;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `caravan verify NAME`: a verdict for every row of `prediction` and `expected`.
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Judge answers: {\"prediction\", \"expected\"} to {\"verdict\", \"score\", \"extracted\", \"reason\"}.")
final class VerifyCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "the verifier; --list shows them")
    private @Nullable String name;

    @Mixin
    private final RowTool rows = new RowTool();

    @Option(names = "--list", description = "print the verifiers, a line each, and end")
    private boolean list;

    @Option(
            names = "--compat",
            paramLabel = "tulu3|current",
            description = "tulu3 judges as the release did, defects included (default: current)")
    private String compat = "current";

    @Override
    public Integer call() throws IOException {
        Verifiers verifiers = Verifiers.installed();
        if (list) {
            verifiers.descriptions().forEach((known, description) -> System.out.println(known + "\t" + description));
            return 0;
        }
        if (name == null) {
            throw new RecipeException("verify needs the name of a verifier, one of "
                    + verifiers.descriptions().keySet());
        }
        Verifier verifier = verifiers.get(name, compat());
        return rows.each(row -> answer(verifier.judge(RowFields.text(row, "prediction"), expected(row))));
    }

    private Compat compat() {
        return switch (compat.toLowerCase(Locale.ROOT)) {
            case "current" -> Compat.CURRENT;
            case "tulu3" -> Compat.TULU3;
            default -> throw new RecipeException("--compat must be tulu3 or current, got '" + compat + "'");
        };
    }

    private static ObjectNode answer(Judgement judgement) {
        ObjectNode answer = Json.mapper().createObjectNode();
        switch (judgement.verdict()) {
            case Verdict.Scored scored ->
                answer.put("verdict", word(scored.score())).put("score", scored.score());
            case Verdict.Failed _ -> answer.put("verdict", "unverifiable");
        }
        judgement.extracted().ifPresent(extracted -> answer.put("extracted", extracted));
        return answer.put("reason", judgement.verdict().because());
    }

    private static String word(double score) {
        return score == 1 ? "correct" : score == 0 ? "wrong" : "partial";
    }

    /// The expected answer as verifiers take it: a text as it stands, a number or an object as JSON.
    private static String expected(ObjectNode row) {
        JsonNode expected = row.get("expected");
        if (expected == null || expected.isNull()) {
            throw new DataException("expected is missing");
        }
        return expected.isString() ? expected.asString() : expected.toString();
    }
}
