package dev.caravan.verify;

import dev.caravan.io.Json;
import dev.caravan.verify.Sandbox.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.ObjectWriter;

/// A Python program with the tests that it must pass, in one namespace: `before` and `prediction`, then `tests`.
///
/// @param tests asserts, or classes of `unittest.TestCase`, which are run behind them
/// @param ctypes whether it may be imported, as NumPy and SciPy do
record PythonTask(String before, String prediction, String tests, boolean ctypes) implements SandboxTask {
    // half of a surrogate pair has no UTF-8 form
    static final ObjectWriter WRITER = Json.mapper().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);
    private static final String DRIVER = SandboxTask.driver("sandbox.py");
    private static final Pattern PASSED = Pattern.compile("\\A[+]*+");

    @Override
    public String driver() {
        return DRIVER;
    }

    @Override
    public String json(Sandbox.Limits limits) {
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("before", before);
        task.put("prediction", prediction);
        task.put("tests", tests);
        task.put("ctypes", ctypes);
        task.put("limits", limits.ofTheKernel());
        return WRITER.writeValueAsString(task);
    }

    /// It has passed only if the secret comes out after its tests; exit codes and prints count nothing.
    @Override
    public Outcome outcome(SandboxEnd end, String secret) {
        Optional<Integer> total = end.total();
        if (total.isEmpty()) return end.unavailable();
        Matcher passed = PASSED.matcher(end.rest());
        String rest = passed.find() ? end.rest().substring(passed.end()) : end.rest();
        if (end.offence().isEmpty() && rest.contains(secret)) return new Outcome.Passed(total.get());
        String ended = "the program ended with status %d before its tests did".formatted(end.status());
        return end.stopped(end.rest().length() - rest.length(), total.get(), end.reason(rest, ended));
    }
}
