# Runs a program that reads standard input and writes standard output, inside the sandbox.
#
# Standard input: a line with a secret, then JSON: program, input, and limits (the names of resource's RLIMIT_ constants).
# Standard output: a line "ready 1" once the limits are set, then what the program writes; where an exception ends it,
# the secret and a line on the exception behind that. Nothing here knows which output is expected, so the program may do
# with its interpreter what it likes: with the secret it could only say that it failed.
import json
import os
import resource
import sys
import types


def feed(text):
    """Makes a text what stands on standard input."""
    file = os.memfd_create("input")
    with open(file, "wb", closefd=False) as out:
        out.write(text.encode("utf-8", "surrogatepass"))
    os.lseek(file, 0, os.SEEK_SET)
    os.dup2(file, 0)
    os.close(file)
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)


def silence_errors():
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    os.close(nothing)


def told(error):
    text = str(error)[:200]
    return type(error).__name__ + (": " + text if text else "") + "\n"


def run(message):
    secret, _, text = message.partition(b"\n")
    task = json.loads(text)
    feed(task["input"])
    silence_errors()
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    sys.argv = ["program.py"]
    for name, value in task["limits"].items():
        resource.setrlimit(getattr(resource, "RLIMIT_" + name), (value, value))
    os.write(1, b"ready 1\n")
    try:
        exec(compile(task["program"] + "\n", "<program>", "exec", dont_inherit=True), main.__dict__)
    except SystemExit:
        raise
    except BaseException as error:
        reason = told(error).encode("utf-8", "replace")
        try:
            sys.stdout.flush()
        finally:
            os.write(1, b"\n" + secret + reason)
            os._exit(1)


run(sys.stdin.buffer.read())
