# Runs a program and then its tests, in one namespace, inside the sandbox.
#
# Standard input: a line with a secret, then JSON: before, prediction, tests, ctypes, and limits (the names of resource's
# RLIMIT_ constants). Standard output: a line "ready TOTAL" once the tests are compiled and the limits are set (anything
# else says why not); a "+" for each assert when it first passes, and for each method of a unittest.TestCase; and the
# secret if all tests came to their end, otherwise a line on the exception.
#
# The program shares the interpreter with its tests, so the secret is out of reach of everything Python can look at: no
# frame, global, closure, file or argument holds it. It hangs on the iterator that deque() consumes, in C, below the
# frame of the program. What could reach it there, and skip or rewrite the tests, is refused by an audit hook, which
# cannot be taken away: the garbage collector's lists, ctypes, other interpreters, tracing, new code for old functions.
# A task that allows ctypes, since libraries need it, trusts its program not to look through the memory.
#
# Test cases get a unittest that was loaded before the program, which itself imports another one. The first of them
# that fails ends the run, so that there is no list of failures to be emptied.
import ast
import builtins
import collections
import itertools
import json
import os
import resource
import sys
import types

EVERYDAY = frozenset(
    "abs all any bool dict enumerate float frozenset int isinstance len list map max min range repr round set sorted"
    " str sum tuple type zip".split())
PLAIN = frozenset((bool, bytes, complex, dict, float, frozenset, int, list, set, str, tuple, type(None)))
NUMBERS = frozenset((bool, complex, float, int))


def refuse(event, arguments, caller=sys._getframe, coroutine=types.coroutine.__code__):
    if event in {"gc.get_objects", "gc.get_referrers", "gc.get_referents", "sys.settrace", "sys.setprofile",
                 "sys.monitoring.register_callback", "cpython.PyInterpreterState_New"}:
        raise RuntimeError(event + " is refused in the sandbox")
    if event == "code.__new__" or event == "object.__setattr__" and arguments[1] == "__code__":
        if caller(1).f_code is not coroutine:  # types.coroutine, of which asyncio is made, changes a flag
            raise RuntimeError("new code for a function is refused in the sandbox")
    if event.startswith("ctypes."):
        raise RuntimeError("ctypes is refused in the sandbox")
    if event == "import" and arguments[0].rpartition(".")[2] in {
            "_ctypes", "_ctypes_test", "_interpreters", "_testcapi", "_testinternalcapi", "_xxsubinterpreters"}:
        raise ImportError(arguments[0] + " is refused in the sandbox")


def refuse_but_ctypes(event, arguments, refuse=refuse, caller=sys._getframe):
    if not event.startswith("ctypes.") and not (event == "import" and arguments[0].rpartition(".")[2] == "_ctypes"):
        refuse(event, arguments, lambda depth: caller(depth + 2))


def checks(all=all, bool=bool, bytes=bytes, complex=complex, dict=dict, float=float, list=list, map=map, object=object,
           str=str, tuple=tuple, type=type, plain=PLAIN, numbers=NUMBERS, Exception=Exception,
           AssertionError=AssertionError):
    """Comparisons that a program cannot change: what they call is theirs, and no global or built-in name."""

    def other(value):
        """A value of the same type that no honest object takes for the given one."""
        kind = type(value)
        if kind is bool:
            return not value
        if kind is float and value - value != 0:  # infinite, or no number
            return 0.0
        if kind in numbers:
            return value * 2 + 1 if kind is complex or value >= 0 else value * 2 - 1
        if kind is str or kind is bytes:
            return value + value + kind("?" if kind is str else b"?")
        if kind is list or kind is tuple:
            return value + kind([object()])
        return object()

    def tells(answer, expected):
        """Whether the answer is not equal to everything, all the way down."""
        kind = type(expected)
        if kind is type(answer):
            if kind is list or kind is tuple:
                return all(map(tells, answer, expected))
            return kind is not dict or all(tells(answer[key], expected[key]) for key in expected)
        return kind not in plain or type(answer) in plain or not answer == other(expected)

    def equal(left, right):
        verdict = left == right
        try:
            holds = bool(verdict)
        except Exception:
            return verdict  # as of an array: no truth value by itself
        if holds and not (tells(left, right) and tells(right, left)):
            raise AssertionError("an answer is equal to different things")
        return verdict

    def difference(left, right):
        value = left - right
        if type(left) not in plain and type(right) in numbers and type(left).__flags__ & 1 << 9:  # a class of Python
            if value == left - other(right):
                raise AssertionError("an answer is equally far from different things")
        return value

    return tells, equal, difference


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def is_case(node):
    """Whether it is the class of a test case, by the name of what it extends."""
    return isinstance(node, ast.ClassDef) and any(ast.unparse(base).endswith("TestCase") for base in node.bases)


def starts_tests(node):
    """Whether it only runs the test cases, which are run anyway."""
    if isinstance(node, ast.If):
        return ast.unparse(node.test) in ("__name__ == '__main__'", "'__main__' == __name__")
    return isinstance(node, ast.Expr) and ast.unparse(node.value).startswith("unittest.main(")


class Instrumented(ast.NodeTransformer):
    """Tests that count passed asserts, look twice at what they compare, and call the real built-in functions."""

    def __init__(self, tree, mark):
        self.mark = mark
        self.total = 0
        self.asserting = False
        self.cases = any(map(is_case, tree.body))
        if self.cases:
            tree.body = [node for node in tree.body if not starts_tests(node)]
        names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
        bound = {name.id for name in names if not isinstance(name.ctx, ast.Load)}
        bound |= {node.name for node in ast.walk(tree) if hasattr(node, "name") and isinstance(node.name, str)}
        bound |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
        of_program = {name.id for name in names} - bound - set(dir(builtins))
        # where the program's only names are those of built-in functions, these are what is tested
        self.real = EVERYDAY - bound if of_program else frozenset()

    def call(self, name, *arguments):
        return ast.Call(ast.Constant(self.mark + name), list(arguments), [])

    def visit_Assert(self, node):
        number = self.total
        self.total += 1
        self.asserting = True
        node.test = self.visit(node.test)
        self.asserting = False
        return [node, ast.Expr(self.call("passed", ast.Constant(number)))]

    def visit_Compare(self, node):
        self.generic_visit(node)
        if self.asserting and len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq):
            return self.call("equal", node.left, node.comparators[0])
        return node

    def visit_BinOp(self, node):
        self.generic_visit(node)
        if self.asserting and isinstance(node.op, ast.Sub):
            return self.call("difference", node.left, node.right)
        return node

    def visit_ClassDef(self, node):
        if is_case(node):
            self.total += sum(isinstance(method, FUNCTIONS) and method.name.startswith("test") for method in node.body)
        return self.generic_visit(node)

    def visit_Call(self, node):
        asserting = self.asserting
        self.asserting |= self.cases and isinstance(node.func, ast.Attribute) and node.func.attr.startswith("assert")
        self.generic_visit(node)
        self.asserting = asserting
        if isinstance(node.func, ast.Name) and node.func.id in self.real:
            node.func = ast.Constant(self.mark + node.func.id)
        return node


def linked(code, constants):
    """The code with objects in place of the texts that stand for them: they have no name that could be rebound."""
    return code.replace(co_consts=tuple(
        linked(constant, constants) if isinstance(constant, types.CodeType)
        else constants.get(constant, constant) if type(constant) is str
        else constant
        for constant in code.co_consts))


def counter():
    seen = set()
    write, file = os.write, result

    def passed(number):
        if number not in seen:
            seen.add(number)
            write(file, b"+")

    return passed


class Failed(BaseException):
    """A test case that did not pass, and why."""


def loaded():
    """The modules of unittest, which nothing imported from now on is."""
    import unittest
    import unittest.mock
    modules = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "unittest"}
    for name in modules:
        del sys.modules[name]
    return modules


def cases(modules, tells, difference, any=any, callable=callable, failed=Failed, getattr=getattr, isinstance=isinstance,
          issubclass=issubclass, len=len, str=str, tuple=tuple, type=type, vars=vars, zip=zip,
          AssertionError=AssertionError):
    """Runs the test cases of a namespace, by means that a program cannot change."""
    case, anything = modules["unittest"].TestCase, modules["unittest.mock"].ANY
    names_of = modules["unittest"].defaultTestLoader.getTestCaseNames
    by_equality, by_difference = case.assertEqual, case.assertAlmostEqual
    write, file = os.write, result

    def assert_equal(self, first, second, msg=None):
        by_equality(self, first, second, msg)
        if first is not anything and second is not anything and not (tells(first, second) and tells(second, first)):
            raise AssertionError("an answer is equal to different things")

    def assert_almost_equal(self, first, second, *arguments, **named):
        by_difference(self, first, second, *arguments, **named)
        difference(first, second)

    case.assertEqual, case.assertAlmostEqual = assert_equal, assert_almost_equal

    def reason(error):
        text = str(error)
        return type(error).__name__ + (": " + text if text else "")

    class Passing(modules["unittest"].TestResult):
        def addSuccess(self, test):
            write(file, b"+")

        def addExpectedFailure(self, test, error):
            write(file, b"+")

        def addFailure(self, test, error):
            if issubclass(error[0], failed):
                raise error[1]  # of a part of the test
            raise failed(test.id().rpartition(".")[2] + ": " + reason(error[1]))

        addError = addFailure

        def addSubTest(self, test, part, error):
            if error is not None:
                self.addFailure(test, error)

        def addUnexpectedSuccess(self, test):
            raise failed(test.id() + " passes against its expectation")

        def addSkip(self, test, why):
            if not getattr(getattr(test, test._testMethodName), "__unittest_skip__", False):
                raise failed(test.id() + " is skipped by what it tests")
            write(file, b"+")

    def held(kind, names):
        """What decides in a class of test cases: its tests of these names, and all that a test case can do."""
        owners = kind.__mro__ + Passing.__mro__
        return tuple((owner, name, value) for owner in owners for name, value in vars(owner).items()
                     if name in names or callable(getattr(case, name, None)) or owner in Passing.__mro__)

    def same(one, two):
        return len(one) == len(two) and not any(a is not b for x, y in zip(one, two) for a, b in zip(x, y))

    def run(kind, names, before):
        kind.setUpClass()
        for name in names:
            test = kind(name)
            test.run(Passing())
            if not same(held(kind, names), before) or any(callable(getattr(case, name, None)) for name in vars(test)):
                raise failed("the program changes its test cases")
        kind.tearDownClass()
        kind.doClassCleanups()

    clean = held(case, ())

    def run_all(space):
        kinds = [kind for kind in space.values()
                 if isinstance(kind, type) and issubclass(kind, case) and not kind.__module__.startswith("unittest")]
        if not same(held(case, ()), clean):
            raise failed("the program changes unittest")
        named = tuple((kind, tuple(names_of(kind))) for kind in kinds)
        tests = tuple((kind, names, held(kind, names)) for kind, names in named)
        if not any(names for _, names in named):
            raise failed("there is no test case")
        for kind, names, before in tests:
            if not getattr(kind, "__unittest_skip__", False):
                run(kind, names, before)

    return run_all


def compiled(tests, mark):
    """The code of the tests, how many asserts and test cases they have, and for the latter modules and a runner."""
    tree = ast.parse(tests, "<tests>")
    instrumented = Instrumented(tree, mark)
    code = compile(ast.fix_missing_locations(instrumented.visit(tree)), "<tests>", "exec", dont_inherit=True)
    constants = {name: getattr(builtins, name) for name in EVERYDAY}
    tells, equal, difference = checks()
    constants |= {"passed": counter(), "equal": equal, "difference": difference}
    linked_code = linked(code, {mark + name: value for name, value in constants.items()})
    modules = loaded() if instrumented.cases else {}
    return linked_code, instrumented.total, modules, cases(modules, tells, difference) if modules else len


def stages(message):
    secret, _, text = message.partition(b"\n")
    task = json.loads(text)
    tests, total, modules, run_cases = compiled(task["tests"], "<" + os.urandom(8).hex() + ">")
    main = sys.modules["__main__"] = sys.modules["__test__"] = types.ModuleType("__test__")
    space = main.__dict__
    for name, value in task["limits"].items():
        resource.setrlimit(getattr(resource, "RLIMIT_" + name), (value, value))
    sys.addaudithook(refuse_but_ctypes if task["ctypes"] else refuse)
    globals().pop("refuse"), globals().pop("refuse_but_ctypes")
    os.write(result, b"ready %d\n" % total)
    program = compile(task["before"] + task["prediction"] + "\n", "<program>", "exec", dont_inherit=True)
    return itertools.chain(
        map(exec, (program,), (space,)),
        map(space.__setitem__, ("__builtins__",), (dict(vars(builtins)),)),
        map(sys.modules.update, (modules,)),
        map(exec, (tests,), (space,)),
        map(run_cases, (space,)),
        map(os.write, (result,), (b"\n" + secret + b"\n",)),
        map(os._exit, (0,)))


def silenced(message):
    """What was read, after everything that the program could read or print has become empty."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)
    return message


def named(error):
    text = str(error)[:200]
    return type(error).__name__ + (": " + text if text else "")


def told(error):
    return "\n" + (str(error) if isinstance(error, Failed) else named(error)) + "\n"


result = os.dup(1)
try:
    collections.deque(stages(silenced(sys.stdin.buffer.read())), 0)
except BaseException as error:
    os.write(result, told(error).encode("utf-8", "replace"))
os._exit(1)
