package dev.caravan.verify;

import dev.caravan.verify.Sandbox.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A Python program that reads `input` from its standard input and must write `output`. Lines are compared without the
/// blanks at their ends, and texts without the empty lines at theirs. What is expected never enters the sandbox, so
/// there is nothing that the program could cheat with.
record PythonProgram(String program, String input, String output) implements SandboxTask {
    private static final String DRIVER = SandboxTask.driver("sandbox_program.py");

    @Override
    public String driver() {
        return DRIVER;
    }

    @Override
    public String json(Sandbox.Limits limits) {
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("program", program);
        task.put("input", input);
        task.put("limits", limits.ofTheKernel());
        return PythonTask.WRITER.writeValueAsString(task);
    }

    /// It has passed when it ended with status 0 and wrote what is expected. An exception stands behind the secret.
    @Override
    public Outcome outcome(SandboxEnd end, String secret) {
        if (end.total().isEmpty()) return end.unavailable();
        String written = end.rest();
        int exception = written.lastIndexOf(secret);
        if (end.offence().isPresent() || end.status() != 0 || exception >= 0) {
            String told = exception < 0 ? "" : written.substring(exception + secret.length());
            return end.stopped(0, 1, end.reason(told, "the program ended with status " + end.status()));
        }
        String difference = difference(lines(output), lines(written));
        return difference.isEmpty() ? new Outcome.Passed(1) : end.stopped(0, 1, difference);
    }

    private static List<String> lines(String text) {
        return text.stripTrailing().lines().map(String::stripTrailing).toList();
    }

    /// Where the output differs first; empty where it does not.
    private static String difference(List<String> expected, List<String> written) {
        for (int i = 0; i < Math.min(expected.size(), written.size()); i++) {
            if (!expected.get(i).equals(written.get(i))) {
                return "line %d is '%s' and should be '%s'"
                        .formatted(i + 1, Excerpt.of(written.get(i)), Excerpt.of(expected.get(i)));
            }
        }
        return expected.size() == written.size()
                ? ""
                : "%d lines of output, %d are expected".formatted(written.size(), expected.size());
    }
}
