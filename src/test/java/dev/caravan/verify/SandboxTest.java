package dev.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caravan.verify.Sandbox.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that try to pass their tests without solving the task, or to reach the host: none may. Each program
/// stands before the one test that `f()` is 42, and where it says so it would have reached what it wanted.
class SandboxTest {
    private static final Sandbox SANDBOX = new Sandbox(Isolation.onThisHost(), new Sandbox.Limits(2, 256));
    private static final String TESTS = "assert f() == 42";
    /// Solves the task only if the attack before it has succeeded, without an exception.
    private static final String REWARD = "\ndef f(): return 42\n";

    @TempDir
    private Path folder;

    private final String mark = UUID.randomUUID().toString();

    @BeforeAll
    static void hostIsolates() {
        Outcome probe = run("def f(): return 42");
        assumeTrue(probe instanceof Outcome.Passed, () -> "SKIPPED the attacks on the sandbox: " + probe);
    }

    @Test
    void exitWithStatusZeroDoesNotPass() {
        stoppedBy("SystemExit", "import sys; sys.exit(0)");
    }

    @Test
    void exitInsideATestedFunctionDoesNotPass() {
        stoppedBy("SystemExit", "def f():\n    raise SystemExit(0)");
    }

    @Test
    void exitBelowPythonDoesNotPass() {
        stoppedBy("ended with status 0", "import os\ndef f(): os._exit(0)");
    }

    @Test
    void exitHandlerDoesNotPass() {
        stoppedBy(
                "AssertionError",
                "import atexit, os, sys\natexit.register(os._exit, 0)\nsys.excepthook = lambda *_: os._exit(0)\n"
                        + "def f(): return 0");
    }

    @Test
    void guessedSecretDoesNotPass() {
        stoppedBy(
                "ready 1",
                "import os\nfor file in range(3, 32):\n    try: os.write(file, b'ready 1\\n+\\n' + b'0' * 48 + b'\\n')\n"
                        + "    except OSError: pass\ndef f(): os._exit(0)");
    }

    @Test
    void secretIsInNoFrameGlobalOrModule() {
        stoppedBy("AssertionError", SECRET_HUNT + """
                def f():
                    frame = sys._getframe()
                    while frame:
                        hunt(frame.f_locals), hunt(frame.f_globals), hunt(frame.f_code.co_consts)
                        frame = frame.f_back
                    for other in sys._current_frames().values():
                        hunt(other.f_locals), hunt(other.f_globals)
                    for module in list(sys.modules.values()):
                        hunt(vars(module))
                """);
    }

    @Test
    void secretIsInNoArgumentFileOrVariable() {
        stoppedBy("AssertionError", SECRET_HUNT + """
                def f():
                    hunt(sys.argv), hunt(sys.orig_argv), hunt(dict(os.environ))
                    for file in range(32):
                        try:
                            os.set_blocking(file, False)
                            hunt(os.read(file, 1 << 16))
                        except OSError:
                            pass
                    for name in ('/proc/self/cmdline', '/proc/self/environ', '/proc/self/mem'):
                        try:
                            hunt(open(name, 'rb').read())
                        except OSError:
                            pass
                """);
    }

    @Test
    void garbageCollectorListsNothing() {
        stoppedBy("refused in the sandbox", "import gc\ngc.get_objects()" + REWARD);
        stoppedBy("refused in the sandbox", "import gc\ngc.get_referrers(1)" + REWARD);
    }

    @Test
    void memoryCannotBeReadThroughCtypes() {
        stoppedBy("_ctypes is refused", "import ctypes" + REWARD);
        stoppedBy(
                "_ctypes is refused",
                "import importlib.machinery as m, importlib.util as u\n"
                        + "loader = m.ExtensionFileLoader('x._ctypes', m.PathFinder.find_spec('_ctypes').origin)\n"
                        + "u.module_from_spec(u.spec_from_loader('x._ctypes', loader))" + REWARD);
    }

    @Test
    void otherInterpreterCannotBeMade() {
        stoppedBy("_xxsubinterpreters is refused", "import _xxsubinterpreters" + REWARD);
    }

    @Test
    void tracingCannotSkipTheTests() {
        stoppedBy("refused in the sandbox", "import sys\nsys.settrace(lambda *_: None)" + REWARD);
        stoppedBy("refused in the sandbox", "import sys\nsys.setprofile(lambda *_: None)" + REWARD);
    }

    @Test
    void codeOfAFunctionCannotBeExchanged() {
        stoppedBy(
                "new code for a function is refused",
                "def g(): return 1\ndef h(): return 2\ng.__code__ = h.__code__" + REWARD);
        stoppedBy("new code for a function is refused", "def g(): return 1\ng.__code__.replace(co_consts=())" + REWARD);
    }

    @Test
    void answerEqualToEverythingDoesNotPass() {
        String chameleon = "class Any:\n    def __eq__(self, other): return True\n"
                + "    def __sub__(self, other): return 0.0\n    __hash__ = lambda self: 42\n";
        stopped(chameleon + "def f(): return Any()");
        stopped("assert f() == [1, 42]", chameleon + "def f(): return [1, Any()]");
        stopped("assert f() == {1: (42,)}", chameleon + "def f(): return {1: (Any(),)}");
        stopped("assert abs(f() - 42) < 1e-6", chameleon + "def f(): return Any()");
    }

    @Test
    void patchedBuiltInsDoNotPass() {
        stopped("assert abs(f() - 42) < 1e-6", "import builtins\nbuiltins.abs = lambda x: 0\ndef f(): return 7.0");
        stopped("assert abs(f() - 42) < 1e-6", "abs = lambda x: 0\ndef f(): return 7.0");
        stopped("assert all(x == 42 for x in f())", "all = lambda x: True\ndef f(): return [7]");
        stopped("assert set(f()) == set([42])", "def set(x): return 0\ndef f(): return [7]");
    }

    @Test
    void comparisonsCannotBeReachedByTheirNames() {
        String any = "\nimport builtins, sys\nclass Any:\n    def __eq__(self, other): return reach() or True\n"
                + "def f(): return Any()\n";
        String frames =
                "def reach():\n    frame = sys._getframe()\n    while frame:\n        %s\n        frame = frame.f_back\n";
        stoppedBy("equal to different things", any + "def reach(): pass\nbuiltins.type = lambda *a: int");
        stoppedBy("equal to different things", any + "def reach(): builtins.all = builtins.bool = lambda *a: True");
        for (String names : new String[] {"f_globals", "f_builtins", "f_locals"}) {
            String change = "frame.%s.update(tells=lambda *a: True, type=lambda *a: int)".formatted(names);
            stoppedBy("equal to different things", any + frames.formatted(change));
        }
    }

    @Test
    void patchedAssertionErrorDoesNotPass() {
        stoppedBy(
                "ended with status",
                "import builtins, os\nclass Silent(Exception):\n    def __init__(self, *_): os._exit(0)\n"
                        + "builtins.AssertionError = Silent\nbuiltins.BaseException = Silent\ndef f(): return 0");
    }

    @Test
    void replacedTestFunctionDoesNotPass() {
        stopped("def check(f):\n    assert f() == 42\ncheck(f)", "def check(f): pass\ndef f(): return 0");
    }

    @Test
    void openStringDoesNotSwallowTheTests() {
        stopped("'''quoted'''\nassert f() == 42\n'''quoted'''", "def f(): return 0\nx = '''");
    }

    @Test
    void endlessLoopIsOutOfTime() {
        assertThat(stopped("def f():\n    while True: pass")).contains("out of time");
    }

    @Test
    void endlessSleepIsOutOfTime() {
        assertThat(stopped("import time\ndef f(): time.sleep(3600)")).contains("out of time");
    }

    @Test
    void ignoredSignalsDoNotProlongTheTime() {
        assertThat(stopped("import signal\nfor s in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:\n"
                        + "    signal.signal(s, signal.SIG_IGN)\ndef f():\n    while True: pass"))
                .contains("out of time");
    }

    @Test
    void killedSupervisorDoesNotPass() {
        stopped("import os, signal\ndef f():\n    os.kill(1, signal.SIGKILL)\n    try: os.kill(-1, signal.SIGKILL)\n"
                + "    except OSError: pass\n    os.kill(os.getpid(), signal.SIGKILL)");
        stopped("import os, signal\ndef f():\n    os.kill(os.getppid(), signal.SIGSTOP)\n    signal.pause()");
    }

    @Test
    void memoryBombIsStopped() {
        stoppedBy("MemoryError", "def f():\n    x = []\n    while True: x.append(bytearray(1 << 24))");
    }

    @Test
    void memoryBombOfManyProcessesIsStopped() {
        assertThat(
                        stopped(
                                "import os, time\ndef f():\n    for _ in range(8):\n        if os.fork() == 0:\n"
                                        + "            x = bytearray(b'x' * (150 << 20))\n            time.sleep(60)\n    time.sleep(60)"))
                .contains("out of memory");
    }

    @Test
    void forkBombIsStoppedAndNothingOutlivesIt() throws InterruptedException {
        String bomb = "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass";
        assertThat(stopped("import subprocess, sys\nsubprocess.run([sys.executable, '-c', \"\"\"%s\"\"\", '%s'])"
                        .formatted(bomb, mark)))
                .contains("out of time");
        assertThat(left(mark)).isZero();
    }

    @Test
    void threadBombIsStopped() {
        stoppedBy(
                "can't start new thread",
                "import threading, time\ndef f():\n    while True:\n"
                        + "        threading.Thread(target=time.sleep, args=(60,)).start()");
    }

    @Test
    void daemonDoesNotOutliveItsProgram() throws InterruptedException {
        assertThat(run("import os, sys\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
                        + "        os.execv(sys.executable, [sys.executable, '-c', 'import time; time.sleep(600)', '%s'])\n"
                                .formatted(mark)
                        + "    os._exit(0)\n" + REWARD))
                .isInstanceOf(Outcome.Passed.class);
        assertThat(left(mark)).isZero();
    }

    @Test
    void printedFloodIsDropped() {
        assertThat(stopped("def f():\n    while True: print('x' * 4096)")).contains("out of time");
    }

    @Test
    void floodOfTheResultChannelIsStopped() {
        stoppedBy(
                "more output",
                "import os\ndef f():\n    while True:\n        for file in range(3, 32):\n"
                        + "            try: os.write(file, b'x' * 65536)\n            except OSError: pass");
    }

    @Test
    void fullScratchFolderIsRefused() {
        stopped("for i in range(100):\n    open('/tmp/%d' % i, 'wb').write(b'x' * (1 << 20))" + REWARD);
        stopped("open('/tmp/big', 'wb').write(b'x' * (4 << 20))" + REWARD);
    }

    @Test
    void hostFilesCannotBeRead() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "42");
        assertThat(Files.isReadable(secret)).isTrue();
        for (String file : new String[] {secret.toString(), "/etc/passwd", "/proc/self/status", "/root", "/home"}) {
            stoppedBy("FileNotFoundError", "import os\nos.stat('%s')".formatted(file) + REWARD);
        }
    }

    @Test
    void nothingOutsideTheScratchFolderCanBeWritten() {
        for (String file : new String[] {"/planted", "/usr/lib/planted", "/dev/planted", "/usr/planted"}) {
            stopped("open('%s', 'w')".formatted(file) + REWARD);
        }
        stopped("import os\nos.remove(os.__file__)" + REWARD);
    }

    @Test
    void runsLeaveEachOtherNothing() {
        assertThat(run("open('/tmp/left', 'w').write('42')" + REWARD)).isInstanceOf(Outcome.Passed.class);
        stopped("open('/tmp/left')" + REWARD);
    }

    @Test
    void networkCannotBeReached() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            stopped("import socket\nsocket.create_connection(('127.0.0.1', %d), timeout=1)"
                            .formatted(server.getLocalPort())
                    + REWARD);
        }
        stopped("import socket\nsocket.getaddrinfo('example.org', 80)" + REWARD);
    }

    @Test
    void hostProcessesAreOutOfReach() {
        long self = ProcessHandle.current().pid();
        stopped("import os\nos.kill(%d, 0)".formatted(self) + REWARD);
        stopped("import os\nassert os.path.exists('/proc/%d')".formatted(self) + REWARD);
    }

    @Test
    void programsOfTheHostCannotBeStarted() {
        for (String program : new String[] {"/bin/sh", "/usr/bin/env", "/usr/bin/unshare", "/usr/bin/bwrap"}) {
            stoppedBy("FileNotFoundError", "import subprocess\nsubprocess.run(['%s'])".formatted(program) + REWARD);
        }
    }

    @Test
    void childInterpreterIsBoundAsItsParentIs() {
        stopped("import subprocess, sys\nassert 'planted' not in subprocess.run([sys.executable, '-c', "
                + "\"open('/usr/lib/planted', 'w'); print('planted')\"], capture_output=True, text=True, check=True)"
                + ".stdout" + REWARD);
        assertThat(stopped("import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'while True: pass'])"))
                .contains("out of time");
    }

    /// In a child interpreter, where ctypes can be had, as no audit hook is set there.
    @Test
    void nestedNamespacesAndMountsAreRefused() {
        String call = "import ctypes, os, sys; c = ctypes.CDLL(None, use_errno=True); sys.exit(%s != 0)";
        assertThat(run("import subprocess, sys\nsubprocess.run([sys.executable, '-c', \"%s\"], check=True)"
                                .formatted(call.formatted("0"))
                        + REWARD))
                .isInstanceOf(Outcome.Passed.class);
        for (String attempt : new String[] {
            "c.unshare(0x10000000)", // a user namespace
            "c.unshare(0x00020000)", // a mount namespace
            "c.mount(b'x', b'/tmp', b'tmpfs', 0, None)",
            "c.umount2(b'/tmp', 2)",
            "c.chroot(b'/tmp')",
            "c.setuid(0)",
            "c.sethostname(b'x', 1)"
        }) {
            stopped("import subprocess, sys\nsubprocess.run([sys.executable, '-c', \"%s\"], check=True)"
                            .formatted(call.formatted(attempt))
                    + REWARD);
        }
    }

    @Test
    void limitsCannotBeRaised() {
        for (String limit : new String[] {"AS", "CPU", "NPROC", "NOFILE", "FSIZE"}) {
            stoppedBy(
                    "not allowed to raise",
                    "import resource\nresource.setrlimit(resource.RLIMIT_%s, (1 << 40, 1 << 40))".formatted(limit)
                            + REWARD);
        }
    }

    @Test
    void programIsNotRootAndHasNoCapabilities() {
        stopped("import os\nassert os.getuid() == 0" + REWARD);
        stopped("import os\nos.setuid(0)" + REWARD);
        stopped("import os\nos.mknod('/tmp/disk', 0o60666, os.makedev(8, 0))" + REWARD);
    }

    @Test
    void deepRecursionIsStopped() {
        stopped("import sys\nsys.setrecursionlimit(1 << 30)\ndef f(): return f()");
    }

    @Test
    void limitsTooSmallToStartPythonAreAnError() {
        assertThatThrownBy(() -> new Sandbox.Limits(0, 64)).hasMessageContaining("at least 1 second");
    }

    private static final String SECRET_HUNT = """
            import os, re, sys
            HEX = re.compile(r'(?<![0-9a-f])[0-9a-f]{48}(?![0-9a-f])')
            def hunt(thing):
                for found in HEX.findall(str(thing)):
                    for file in range(3, 32):
                        try:
                            os.write(file, found.encode() + b'\\n')
                        except OSError:
                            pass
            """;

    private static String stopped(String program) {
        return stopped(TESTS, program);
    }

    private static String stopped(String tests, String program) {
        Outcome outcome = SANDBOX.run(new PythonTask("", program, tests, false));
        assertThat(outcome).as(program).isInstanceOf(Outcome.Stopped.class);
        return ((Outcome.Stopped) outcome).because();
    }

    private static void stoppedBy(String because, String program) {
        assertThat(stopped(program)).contains(because);
    }

    private static Outcome run(String program) {
        return SANDBOX.run(new PythonTask("", program, TESTS, false));
    }

    /// How many processes with the mark among their arguments there are, soon after their sandbox has ended.
    private static long left(String mark) throws InterruptedException {
        for (int tries = 0; tries < 100 && marked(mark) > 0; tries++) {
            Thread.sleep(20);
        }
        return marked(mark);
    }

    private static long marked(String mark) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .map(line -> line.contains(mark))
                        .orElse(false))
                .count();
    }
}
