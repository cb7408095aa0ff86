package dev.caravan.verify;

import dev.caravan.io.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.ObjectWriter;

/// A Python program with the tests that it must pass, in one namespace: `before` and `prediction`, then `tests`.
record PythonTask(String before, String prediction, String tests) {
    // half of a surrogate pair has no UTF-8 form
    private static final ObjectWriter WRITER = Json.mapper().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    /// As `sandbox.py` reads it.
    String json(Sandbox.Limits limits) {
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("before", before);
        task.put("prediction", prediction);
        task.put("tests", tests);
        task.put("limits", limits.ofTheKernel());
        return WRITER.writeValueAsString(task);
    }
}
