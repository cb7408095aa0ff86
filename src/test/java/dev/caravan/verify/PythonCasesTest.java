package dev.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caravan.verify.Sandbox.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests that are classes of `unittest.TestCase`, as BigCodeBench has them, and programs that try to pass them without
/// solving their task: that `f(x)` is `x + 1`.
class PythonCasesTest {
    private static final Sandbox SANDBOX = new Sandbox(Isolation.onThisHost(), new Sandbox.Limits(5, 512));
    private static final String TESTS = """
            import unittest

            class Increments(unittest.TestCase):
                def setUp(self):
                    self.maxDiff = None

                def test_equal(self):
                    self.assertEqual(f(1), 2)

                def test_near(self):
                    for x in (2, 3):
                        with self.subTest(x=x):
                            self.assertAlmostEqual(f(x), x + 1)

                def test_true(self):
                    self.assertTrue(f(3) == 4)

            if __name__ == "__main__":
                unittest.main()
            """;
    /// Fails each test by its value.
    private static final String WRONG = "\ndef f(x): return x + 2\n";

    @BeforeAll
    static void hostIsolates() {
        Outcome probe = SANDBOX.run(new PythonTask("", "x = 1", "assert x == 1", false));
        assumeTrue(probe instanceof Outcome.Passed, () -> "SKIPPED test cases in the sandbox: " + probe);
    }

    @Test
    void rightProgramPassesEveryCase() {
        assertThat(run("def f(x): return x + 1")).isEqualTo(new Outcome.Passed(3));
    }

    @Test
    void firstFailureIsToldWithItsCase() {
        assertThat(run("def f(x): return x + 1 if x < 3 else {}[x]"))
                .isEqualTo(new Outcome.Stopped(1, 3, "test_near: KeyError: 3", false));
        assertThat(run("def f(x): return [][x]"))
                .isEqualTo(new Outcome.Stopped(0, 3, "test_equal: IndexError: list index out of range", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import unittest\nunittest.TestCase.assertEqual = lambda *a, **k: None",
                "import unittest\nunittest.TestCase.run = lambda self, result: result.addSuccess(self)",
                "import sys, types\nsys.modules['unittest'] = types.ModuleType('unittest')\nsys.modules['unittest'].TestCase = object",
                "for c in object.__subclasses__():\n    if c.__name__ == 'TestCase': c.assertEqual = lambda *a, **k: None",
                "for c in object.__subclasses__():\n    if c.__name__ == 'TestResult': c.addFailure = lambda *a: None",
                "import unittest\ndef main(*a): raise SystemExit(0)\nunittest.main = main",
                "class Same(AssertionError): pass\nimport builtins\nbuiltins.AssertionError = Same",
            })
    void changedFrameworkDoesNotPass(String attack) {
        assertThat(run(attack + WRONG)).as(attack).isInstanceOf(Outcome.Stopped.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "raise unittest.SkipTest('no need')",
                "raise SystemExit(0)",
                "sys._getframe(1).f_locals['self'].skipTest('no need')",
                "sys._getframe(1).f_locals['self'].assertEqual = lambda *a, **k: None; return 2",
                "unittest.TestCase.assertAlmostEqual = lambda *a, **k: None; return 2",
                "kind = type(sys._getframe(1).f_locals['self']); kind.test_near = kind.test_true = lambda self: None; return 2",
                "[k for k in unittest.TestResult.__subclasses__()][-1].addFailure = lambda *a: None; return 3",
                "import gc; gc.get_objects()",
                "unittest.TestCase.assertAlmostEqual = Agreeable(); return 2",
                "import builtins; builtins.vars = builtins.any = lambda *a: {}; sys._getframe(1).f_locals['self']"
                        + ".assertTrue = lambda *a: None; unittest.TestCase.assertAlmostEqual = print; return 2",
            })
    void callThatReachesForItsCaseDoesNotPass(String attack) {
        String agreeable = "class Agreeable:\n  def __eq__(self, other): return True\n  def __call__(self, *a): pass\n";
        assertThat(run("import sys, unittest\n" + agreeable + "def f(x): " + attack))
                .as(attack)
                .isInstanceOf(Outcome.Stopped.class);
    }

    @Test
    void answerEqualToEverythingDoesNotPass() {
        String any = """
                class Any:
                    def __eq__(self, other): return True
                    def __sub__(self, other): return 0
                    __rsub__ = __add__ = __sub__
                    def __abs__(self): return 0
                    def __round__(self, digits=0): return 0
                def f(x): return Any()
                """;
        assertThat(run(any)).isInstanceOf(Outcome.Stopped.class);
        assertThat(run(any, TESTS.replace("assertEqual", "assertAlmostEqual"))).isInstanceOf(Outcome.Stopped.class);
        assertThat(run(any, TESTS.replace("self.assertEqual(f(1), 2)", "self.assertTrue(f(1) == 2)")))
                .isInstanceOf(Outcome.Stopped.class);
    }

    @Test
    void whatTheTestsThemselvesSkipAndPatchIsTheirs() {
        String tests = """
                import tempfile, unittest
                from unittest.mock import ANY, mock_open, patch

                class Files(unittest.TestCase):
                    @classmethod
                    def setUpClass(cls):
                        cls.test_text = "7"

                    @unittest.skip("not here")
                    def test_skipped(self):
                        self.fail()

                    @patch("builtins.open", mock_open(read_data="12"))
                    def test_patched(self):
                        self.assertEqual(f("nowhere"), 12)
                        self.assertEqual(f("nowhere"), ANY)

                    def test_file(self):
                        with tempfile.NamedTemporaryFile("w") as file:
                            file.write(self.test_text)
                            file.flush()
                            self.assertEqual(f(file.name), 7)

                    @unittest.expectedFailure
                    def test_missing(self):
                        f("nowhere")
                """;
        assertThat(run("def f(path):\n    with open(path) as file: return int(file.read())", tests))
                .isEqualTo(new Outcome.Passed(4));
    }

    @Test
    void classWithoutACaseDoesNotPass() {
        String empty = "import unittest\nclass Empty(unittest.TestCase):\n    def check(self): pass";
        assertThat(run("x = 1", empty)).isEqualTo(new Outcome.Stopped(0, 0, "there is no test case", false));
    }

    @Test
    void guardedPartOfAProgramIsNotRunAsInAModule() {
        assertThat(run("def f(x): return x + 1\nif __name__ == '__main__':\n    f(int(input()))"))
                .isEqualTo(new Outcome.Passed(3));
    }

    @Test
    void ctypesIsThereForTasksThatAllowIt() {
        String program = "import ctypes\nx = ctypes.c_int(3).value";
        assertThat(SANDBOX.run(new PythonTask("", program, "assert x == 3", false)))
                .isInstanceOf(Outcome.Stopped.class);
        assertThat(SANDBOX.run(new PythonTask("", program, "assert x == 3", true)))
                .isEqualTo(new Outcome.Passed(1));
    }

    @Test
    void librariesOfTheVirtualEnvironmentThatIsNamedAreThere(@TempDir Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path environment = folder.resolve("environment");
        int made = new ProcessBuilder("/usr/bin/python3", "-m", "venv", "--without-pip", environment.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assumeTrue(made == 0, "SKIPPED the virtual environment: this host's Python makes none");
        Files.writeString(library(environment).resolve("owned.py"), "ANSWER = 42\n");
        var task = new PythonTask("", "import owned", "assert owned.ANSWER == 42", false);
        var named = Isolation.onThisHost(
                Optional.of(environment.resolve("bin/python3").toString()));
        assertThat(new Sandbox(named, Sandbox.Limits.DEFAULT).run(task)).isEqualTo(new Outcome.Passed(1));
        assertThat(SANDBOX.run(task)).isInstanceOf(Outcome.Stopped.class);
    }

    private static Path library(Path environment) throws IOException {
        try (Stream<Path> files = Files.walk(environment)) {
            return files.filter(file -> file.endsWith("site-packages"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void pythonThatIsNamedAndNotThereIsNoPython() {
        assertThat(Isolation.onThisHost(Optional.of("/nowhere/python3")))
                .isEqualTo(new Isolation.Impossible("CARAVAN_PYTHON names /nowhere/python3, which cannot be run"));
    }

    private static Outcome run(String program) {
        return run(program, TESTS);
    }

    private static Outcome run(String program, String tests) {
        return SANDBOX.run(new PythonTask("", program, tests, false));
    }

    /// Limits that an expectation names.
    @Test
    void limitsOfTheExpectationHold() {
        var code = new CodeVerifier(new Sandbox(Isolation.onThisHost(), new Sandbox.Limits(1, 256)), true);
        String slow = "{\"before\": \"import time\\n\", \"tests\": \"assert x == 1\"%s}";
        String program = "time.sleep(1.2)\nx = 1";
        assertThat(Judgements.score(code.verify(program, slow.formatted("")))).isZero();
        assertThat(Judgements.score(code.verify(program, slow.formatted(", \"seconds\": 9"))))
                .isEqualTo(1);
        String large = "x = len(bytearray(300 << 20)) >> 20 == 300";
        assertThat(Judgements.score(code.verify(large, slow.formatted("")))).isZero();
        assertThat(Judgements.score(code.verify(large, slow.formatted(", \"mebibytes\": 512"))))
                .isEqualTo(1);
        assertThat(List.of("\"seconds\": 0", "\"seconds\": 601", "\"seconds\": \"9\"", "\"mebibytes\": 63"))
                .allSatisfy(limit -> assertThat(
                                code.verify(large, slow.formatted(", " + limit)).because())
                        .startsWith("code expects"));
    }
}
