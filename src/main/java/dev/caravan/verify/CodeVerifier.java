package dev.caravan.verify;

import dev.caravan.data.Verdict;
import dev.caravan.io.Json;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Python code against asserts. Expected is `{"language": "python", "before": …, "tests": …}`; the code of the
/// completion runs after `before`, then come the tests, all in a [Sandbox]. Correct is what lets the tests come to
/// their end within the limits, which are part of the task. Where nothing can be run in isolation, it could not tell.
///
/// The judgement also tells how many asserts the tests have (`total`) and how many passed (`passed`).
///
/// @param raw whether the whole completion is the code, not its last fenced block
public record CodeVerifier(Sandbox sandbox, boolean raw) implements Verifier {
    private static final String EXPECTATION =
            "code expects {\"language\": \"python\", \"before\": text, \"tests\": text}, got '%s'";

    @Override
    public Verdict verify(String completion, String expected) {
        return judge(completion, expected).verdict();
    }

    @Override
    public Judgement judge(String completion, String expected) {
        String code = raw ? completion : FencedCode.last(completion);
        return ReadLimit.within(
                completion,
                () -> task(code, expected)
                        .map(task -> judged(sandbox.run(task)))
                        .orElseGet(() -> Judgement.withoutAnswer(
                                new Verdict.Failed(EXPECTATION.formatted(Excerpt.of(expected))))));
    }

    @Override
    public boolean takesLong() {
        return true;
    }

    private static Judgement judged(Sandbox.Outcome outcome) {
        return switch (outcome) {
            case Sandbox.Outcome.Passed passed ->
                counted(Verdict.correct("the tests came to their end"), passed.total(), passed.total());
            case Sandbox.Outcome.Stopped stopped ->
                counted(Verdict.wrong(stopped.because()), stopped.passed(), stopped.total());
            case Sandbox.Outcome.Unavailable unavailable ->
                Judgement.withoutAnswer(new Verdict.Failed(unavailable.because()));
        };
    }

    private static Judgement counted(Verdict verdict, int passed, int total) {
        return Judgement.withoutAnswer(verdict).with("passed", passed).with("total", total);
    }

    private static Optional<PythonTask> task(String code, String expected) {
        try {
            JsonNode tree = Json.mapper().readTree(expected);
            boolean python = tree.path("language").asString("python").equals("python");
            return python && tree.path("tests").isString()
                    ? Optional.of(new PythonTask(
                            tree.path("before").asString(""),
                            code,
                            tree.get("tests").asString()))
                    : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }
}
