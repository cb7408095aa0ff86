package dev.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caravan.data.Verdict;
import dev.caravan.io.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Programs that read standard input, and those that try to pass without the right output.
class PythonProgramTest {
    private static final CodeVerifier CODE =
            new CodeVerifier(new Sandbox(Isolation.onThisHost(), new Sandbox.Limits(2, 256)), true);

    @BeforeAll
    static void hostIsolates() {
        Verdict probe = CODE.verify("print(1)", expected("", "1"));
        assumeTrue(probe instanceof Verdict.Scored, () -> "SKIPPED programs on standard input: " + probe.because());
    }

    @Test
    void firstDifferenceIsToldWithItsCaseAndLine() {
        String squares = "for line in open(0): print(int(line) ** 2)";
        assertThat(CODE.verify(squares, expected("1\n2", "1\n4", "3\n4", "9\n17")))
                .isEqualTo(Verdict.wrong("case 2 of 2: line 2 is '16' and should be '17'"));
        assertThat(CODE.verify(squares, expected("1\n2", "1")).because())
                .isEqualTo("case 1 of 1: 2 lines of output, 1 are expected");
    }

    @Test
    void endlessLoopIsOutOfTimeAndNoFurtherCaseIsRun() {
        Judgement judgement = CODE.judge(
                "n = int(input())\nwhile n == 0: pass\nprint(n)", expected("1", "1", "0", "0", "0", "0", "2", "2"));
        assertThat(judgement.verdict().because()).isEqualTo("case 2 of 4: out of time: more than 2 s");
        assertThat(judgement.details()).containsEntry("passed", 1).containsEntry("total", 4);
    }

    @Test
    void waitingForInputThatDoesNotComeEndsAtOnce() {
        assertThat(CODE.verify("input()\ninput()", expected("one", "")).because())
                .isEqualTo("case 1 of 1: EOFError: EOF when reading a line");
    }

    @Test
    void floodOfOutputIsStopped() {
        assertThat(CODE.verify("while True: print('x' * 4096)", expected("", "x"))
                        .because())
                .isEqualTo("case 1 of 1: more output than is read");
    }

    @Test
    void rightOutputWithAWrongExitDoesNotPass() {
        for (String end : List.of("sys.exit(3)", "sys.exit('no')", "os._exit(3)", "raise SystemExit(3)", "1 / 0")) {
            String program = "import os, sys\nprint(42, flush=True)\n" + end;
            assertThat(Judgements.score(CODE.verify(program, expected("", "42"))))
                    .as(end)
                    .isZero();
        }
        assertThat(CODE.verify("import os\nos._exit(3)", expected("", "42")).because())
                .isEqualTo("case 1 of 1: the program ended with status 3");
        assertThat(CODE.verify("import os\nos.kill(os.getpid(), 11)", expected("", ""))
                        .because())
                .isEqualTo("case 1 of 1: the program ended with status 139");
    }

    @Test
    void exceptionIsTheReason() {
        assertThat(CODE.verify("print(42)\nraise ValueError('of mine')", expected("", "42"))
                        .because())
                .isEqualTo("case 1 of 1: ValueError: of mine");
        assertThat(CODE.verify("x = []\nwhile True: x.append(bytearray(1 << 24))", expected("", ""))
                        .because())
                .contains("MemoryError");
    }

    @Test
    void standardErrorIsNoOutput() {
        assertThat(CODE.verify("import sys\nprint('log', file=sys.stderr)\nprint(42)", expected("", "42")))
                .isEqualTo(Verdict.correct("every output is as expected"));
    }

    @Test
    void frameOfTheDriverHoldsNothingThatHelps() {
        String hunt = """
                import sys
                frame, found = sys._getframe(), []
                while frame:
                    found.append(str(frame.f_locals) + str(frame.f_globals))
                    frame = frame.f_back
                print('47' + '11' in ''.join(found), any(len(text) > 100 for text in found))
                """;
        assertThat(CODE.verify(hunt, expected("", "4711")).because()).contains("line 1 is 'False True'");
    }

    @Test
    void childThatLivesOnDoesNotHoldTheVerdictUp() {
        String program = "import os, time\nprint(42, flush=True)\nif os.fork() == 0: time.sleep(60)";
        assertThat(Judgements.score(CODE.verify(program, expected("", "42")))).isEqualTo(1);
    }

    @Test
    void largeInputIsReadWhole() {
        String numbers = String.join(
                "\n", IntStream.range(0, 400_000).mapToObj(i -> "12345").toList());
        assertThat(Judgements.score(
                        CODE.verify("import sys\nprint(sum(map(int, sys.stdin)))", expected(numbers, "4938000000"))))
                .isEqualTo(1);
    }

    @Test
    void casesThatDoNotFitTogetherCannotBeJudged() {
        assertThat(List.of(
                        "{\"cases\": []}",
                        "{\"cases\": [{\"input\": \"1\"}]}",
                        "{\"cases\": [{\"input\": 1, \"output\": 1}]}",
                        "{\"inputs\": [\"1\", \"2\"], \"outputs\": [\"1\"]}",
                        "{\"language\": \"java\", \"cases\": [{\"input\": \"\", \"output\": \"\"}]}",
                        Json.write(Map.of(
                                "inputs",
                                IntStream.range(0, CodeTests.MOST_CASES + 1)
                                        .mapToObj(i -> "")
                                        .toList(),
                                "outputs",
                                IntStream.range(0, CodeTests.MOST_CASES + 1)
                                        .mapToObj(i -> "")
                                        .toList()))))
                .allSatisfy(broken -> assertThat(CODE.verify("", broken)).isInstanceOf(Verdict.Failed.class));
    }

    @Test
    void hostThatCannotIsolateRunsNothing() {
        var nowhere = new CodeVerifier(
                new Sandbox(new Isolation.Impossible("install bubblewrap"), Sandbox.Limits.DEFAULT), true);
        assertThat(nowhere.verify("print(1)", expected("", "1"))).isEqualTo(new Verdict.Failed("install bubblewrap"));
        var broken = new CodeVerifier(
                new Sandbox(new Isolation.Possible(List.of("/usr/bin/false")), Sandbox.Limits.DEFAULT), true);
        assertThat(broken.verify("print(1)", expected("", "1")).because()).contains("the sandbox does not start");
    }

    /// @param texts an input, the output to it, the next input, and so on
    private static String expected(String... texts) {
        return Json.write(Map.of(
                "language",
                "python",
                "cases",
                IntStream.range(0, texts.length / 2)
                        .mapToObj(i -> Map.of("input", texts[2 * i], "output", texts[2 * i + 1]))
                        .toList()));
    }
}
