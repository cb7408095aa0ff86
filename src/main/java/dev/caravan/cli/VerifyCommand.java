package dev.caravan.cli;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import dev.caravan.data.Verdict;
import dev.caravan.io.Interrupted;
import dev.caravan.io.Json;
import dev.caravan.judge.JudgeVerifier;
import dev.caravan.verify.Compat;
import dev.caravan.verify.Judgement;
import dev.caravan.verify.Reading;
import dev.caravan.verify.Verifier;
import dev.caravan.verify.Verifiers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Gatherers;
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
        description =
                "Judge answers: {\"prediction\", \"expected\"} to {\"verdict\", \"score\", \"extracted\", \"reason\"}.")
final class VerifyCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;
    private static final int ROWS_AT_A_TIME = 64; // of verdicts that take long

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

    @Option(names = "--answer-only", description = "both sides are answers already, with nothing around them")
    private boolean answerOnly;

    @Option(names = "--raw", description = "take the prediction as it stands; look for no fenced block")
    private boolean raw;

    @Option(
            names = "--normal-form",
            description = "also print the normal form of the answer, where the verifier has one")
    private boolean normalForm;

    @Mixin
    private final JudgeOptions judge = new JudgeOptions();

    /// Verifiers that ask a model.
    private static final Map<String, String> JUDGED = Map.of(
            "judge",
                    "ratings from 1 to 5 by a judge, --judge (expected: {\"prompt\", \"rubric\": aspect, \"reference\"})",
            "rubric", "criteria of a rubric by a judge, --judge (expected: {\"prompt\", \"rubric\", \"reference\"})");

    @Override
    public Integer call() throws IOException {
        Verifiers verifiers = Verifiers.installed();
        if (list) {
            var all = new TreeMap<>(JUDGED);
            all.forEach((known, description) -> System.out.println(known + "\t" + description));
            verifiers
                    .descriptions()
                    .forEach((known, description) -> System.out.println(known + "\t" + description + "\tversion "
                            + verifiers.versions().get(known)));
            return 0;
        }
        Optional<JudgeVerifier.Kind> judging = Optional.ofNullable(name).flatMap(JudgeVerifier.Kind::named);
        if (judging.isPresent()) return judged(judging.get());
        if (name == null) {
            throw new RecipeException("verify needs the name of a verifier, one of "
                    + verifiers.descriptions().keySet());
        }
        Verifier verifier = verifiers.get(name, new Reading(compat(), answerOnly, raw, normalForm));
        return rows.batches(
                verifier.takesLong() ? ROWS_AT_A_TIME : 1,
                row -> Given.of(row, verifier),
                given -> answers(given, verifier));
    }

    /// What ends the command is no fault of a row.
    private static final class JudgeGone extends RuntimeException {
        JudgeGone(DataException cause) {
            super(cause);
        }
    }

    private int judged(JudgeVerifier.Kind kind) {
        try {
            return judge.with(open -> judged(new JudgeVerifier(open, kind)));
        } catch (JudgeGone e) {
            throw (DataException) e.getCause();
        } catch (Interrupted e) {
            System.err.println("caravan: " + e.getMessage());
            return INTERRUPTED;
        }
    }

    private int judged(JudgeVerifier verifier) {
        try {
            return rows.batches(
                    ROWS_AT_A_TIME,
                    row -> new JudgeVerifier.Given(given(row, "prediction"), given(row, "expected")),
                    given -> judged(verifier, given));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ObjectNode> judged(JudgeVerifier verifier, List<JudgeVerifier.Given> rows) {
        try {
            return verifier.judge(rows).stream().map(VerifyCommand::answer).toList();
        } catch (DataException e) {
            throw new JudgeGone(e);
        }
    }

    private Compat compat() {
        return switch (compat.toLowerCase(Locale.ROOT)) {
            case "current" -> Compat.CURRENT;
            case "tulu3" -> Compat.TULU3;
            default -> throw new RecipeException("--compat must be tulu3 or current, got '" + compat + "'");
        };
    }

    /// A row as the verifier takes it.
    private record Given(String prediction, String expected) {
        static Given of(ObjectNode row, Verifier verifier) {
            return new Given(VerifyCommand.prediction(row), VerifyCommand.expected(row, verifier));
        }
    }

    private static List<ObjectNode> answers(List<Given> rows, Verifier verifier) {
        return rows.stream()
                .gather(Gatherers.mapConcurrent(
                        ROWS_AT_A_TIME, row -> answer(verifier.judge(row.prediction(), row.expected()))))
                .toList();
    }

    private static ObjectNode answer(Judgement judgement) {
        ObjectNode answer = Json.mapper().createObjectNode();
        switch (judgement.verdict()) {
            case Verdict.Scored scored ->
                answer.put("verdict", word(scored.score())).put("score", scored.score());
            case Verdict.Failed _ -> answer.put("verdict", "unverifiable");
        }
        judgement.extracted().ifPresent(extracted -> answer.put("extracted", extracted));
        judgement.details().forEach(answer::putPOJO);
        return answer.put("reason", judgement.verdict().because());
    }

    private static String word(double score) {
        return score == 1 ? "correct" : score == 0 ? "wrong" : "partial";
    }

    /// What a row has under a key, as verifiers take it: a text as it stands, anything else as JSON.
    private static String given(ObjectNode row, String key) {
        JsonNode value = row.get(key);
        if (value == null || value.isNull()) {
            throw new DataException(key + " is missing");
        }
        return value.isString() ? value.asString() : value.toString();
    }

    private static String prediction(ObjectNode row) {
        return given(row, "prediction");
    }

    private static String expected(ObjectNode row, Verifier verifier) {
        return verifier.expects() ? given(row, "expected") : "";
    }
}
