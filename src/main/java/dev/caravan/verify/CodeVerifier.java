package dev.caravan.verify;

import dev.caravan.data.Verdict;
import dev.caravan.verify.Sandbox.Outcome;
import java.util.ArrayList;
import java.util.List;

/// Python code against tests, in a [Sandbox]. Where nothing can be run in isolation, it could not tell.
///
/// Expected is `{"language": "python", "before": …, "tests": …}`: the code of the completion runs after `before`, then
/// come the tests, and correct is what lets them come to their end, the classes of `unittest.TestCase` among them
/// included. Both run as a module of another name than `__main__`, as in HumanEval. Or it is `{"language": "python",
/// "cases": [{"input": …, "output": …}…]}`, with the texts also as lists `inputs` and `outputs`: the code is a program
/// that runs once for each case, with the input on its standard input, and correct is what writes every output and ends
/// with status 0, see [PythonProgram].
///
/// Each run may take 10 seconds by the clock and 1 GiB, or what the expectation says as `seconds` and `mebibytes`;
/// after a case that is out of time no further one is run. HumanEval's own harness allows 3 seconds and does not bound
/// memory; OLMES allows 20 for HumanEval+, and BigCodeBench 240. With `"ctypes": true` libraries such as NumPy can be
/// imported, at the price that [Sandbox] names.
///
/// The judgement also tells how many asserts, test cases or outputs there are (`total`) and how many passed (`passed`).
///
/// @param raw whether the whole completion is the code, not its last fenced block
public record CodeVerifier(Sandbox sandbox, boolean raw) implements Verifier {
    private static final String EXPECTATION =
            ("code expects {\"language\": \"python\", \"before\": text, \"tests\": text}, or in place of tests"
                            + " \"cases\": [{\"input\": text, \"output\": text}…], at most %d; \"seconds\" up to %d and"
                            + " \"mebibytes\" from %d to %d may be added; got '%%s'")
                    .formatted(
                            CodeTests.MOST_CASES,
                            CodeTests.MOST_SECONDS,
                            Sandbox.Limits.LEAST_MEBIBYTES,
                            CodeTests.MOST_MEBIBYTES);

    @Override
    public Verdict verify(String completion, String expected) {
        return judge(completion, expected).verdict();
    }

    @Override
    public Judgement judge(String completion, String expected) {
        String code = raw ? completion : FencedCode.last(completion);
        return ReadLimit.within(
                completion,
                () -> CodeTests.of(code, expected)
                        .map(this::judged)
                        .orElseGet(() -> Judgement.withoutAnswer(
                                new Verdict.Failed(EXPECTATION.formatted(Excerpt.of(expected))))));
    }

    @Override
    public boolean takesLong() {
        return true;
    }

    private Judgement judged(CodeTests tests) {
        List<? extends SandboxTask> tasks = tests.tasks();
        List<Outcome> outcomes = outcomes(tasks, tests.limits(sandbox.limits()));
        if (outcomes.getLast() instanceof Outcome.Unavailable last) {
            return Judgement.withoutAnswer(new Verdict.Failed(last.because()));
        }
        int notRun = tasks.size() - outcomes.size();
        return Judgement.withoutAnswer(verdict(tasks, outcomes))
                .with("passed", outcomes.stream().mapToInt(CodeVerifier::passed).sum())
                .with("total", outcomes.stream().mapToInt(CodeVerifier::total).sum() + notRun);
    }

    /// Up to the first that cannot be run, or is out of time.
    private List<Outcome> outcomes(List<? extends SandboxTask> tasks, Sandbox.Limits limits) {
        var outcomes = new ArrayList<Outcome>();
        for (SandboxTask task : tasks) {
            Outcome outcome = sandbox.run(task, limits);
            outcomes.add(outcome);
            boolean last = outcome instanceof Outcome.Unavailable
                    || outcome instanceof Outcome.Stopped stopped && stopped.outOfTime();
            if (last) break;
        }
        return outcomes;
    }

    private static Verdict verdict(List<? extends SandboxTask> tasks, List<Outcome> outcomes) {
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Stopped stopped) {
                return Verdict.wrong(place(i, tasks) + stopped.because());
            }
        }
        return Verdict.correct(passedBy(tasks));
    }

    private static int passed(Outcome outcome) {
        return outcome instanceof Outcome.Stopped stopped ? stopped.passed() : total(outcome);
    }

    private static int total(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Passed passed -> passed.total();
            case Outcome.Stopped stopped -> stopped.total();
            case Outcome.Unavailable _ -> 0;
        };
    }

    private static String place(int run, List<? extends SandboxTask> tasks) {
        return tasks.getFirst() instanceof PythonProgram ? "case %d of %d: ".formatted(run + 1, tasks.size()) : "";
    }

    private static String passedBy(List<? extends SandboxTask> tasks) {
        return tasks.getFirst() instanceof PythonProgram
                ? "every output is as expected"
                : "the tests came to their end";
    }
}
