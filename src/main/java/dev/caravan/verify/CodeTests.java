package dev.caravan.verify;

import dev.caravan.io.Json;
import dev.caravan.verify.Sandbox.Limits;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What a program is tested with, as an expectation has it: asserts in `tests`, or texts for standard input and the
/// output to each, in `cases` or in `inputs` and `outputs`. A text may also be given as a list of its lines.
///
/// @param tasks what is to be run, one sandbox after the other
/// @param seconds that each may take; empty for the sandbox's own limit
/// @param mebibytes likewise
record CodeTests(List<? extends SandboxTask> tasks, OptionalInt seconds, OptionalInt mebibytes) {
    /// More of them are not run.
    static final int MOST_CASES = 256;

    static final int MOST_SECONDS = 600;
    static final int MOST_MEBIBYTES = 16_384;

    /// Nothing where the expectation has another form.
    static Optional<CodeTests> of(String code, String expected) {
        try {
            JsonNode tree = Json.mapper().readTree(expected);
            boolean python = tree.path("language").asString("python").equals("python");
            boolean bounded = isWithin(tree.path("seconds"), 1, MOST_SECONDS)
                    && isWithin(tree.path("mebibytes"), Limits.LEAST_MEBIBYTES, MOST_MEBIBYTES);
            if (!python || !bounded) return Optional.empty();
            return tasks(code, tree)
                    .map(tasks -> new CodeTests(tasks, limit(tree, "seconds"), limit(tree, "mebibytes")));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static boolean isWithin(JsonNode limit, int least, int most) {
        return limit.isMissingNode() || limit.isInt() && limit.intValue() >= least && limit.intValue() <= most;
    }

    private static OptionalInt limit(JsonNode tree, String key) {
        return tree.has(key) ? OptionalInt.of(tree.path(key).intValue()) : OptionalInt.empty();
    }

    private static Optional<List<? extends SandboxTask>> tasks(String code, JsonNode tree) {
        String before = tree.path("before").asString("");
        if (!tree.path("tests").isString()) return cases(before + code, tree);
        boolean ctypes = tree.path("ctypes").asBoolean(false);
        return Optional.of(
                List.of(new PythonTask(before, code, tree.get("tests").asString(), ctypes)));
    }

    /// The limits of each run.
    Limits limits(Limits usual) {
        return new Limits(seconds.orElse(usual.seconds()), mebibytes.orElse(usual.mebibytes()));
    }

    private static Optional<List<? extends SandboxTask>> cases(String program, JsonNode tree) {
        boolean paired = tree.path("cases").isArray();
        List<JsonNode> inputs = paired ? each(tree.path("cases"), "input") : listed(tree.path("inputs"));
        List<JsonNode> outputs = paired ? each(tree.path("cases"), "output") : listed(tree.path("outputs"));
        boolean fit = !inputs.isEmpty() && inputs.size() == outputs.size() && inputs.size() <= MOST_CASES;
        if (!fit
                || !inputs.stream().allMatch(CodeTests::isText)
                || !outputs.stream().allMatch(CodeTests::isText)) {
            return Optional.empty();
        }
        return Optional.of(IntStream.range(0, inputs.size())
                .mapToObj(i -> new PythonProgram(program, text(inputs.get(i)), text(outputs.get(i))))
                .toList());
    }

    private static List<JsonNode> each(JsonNode cases, String key) {
        return cases.valueStream().map(one -> one.path(key)).toList();
    }

    private static List<JsonNode> listed(JsonNode list) {
        return list.valueStream().toList();
    }

    private static boolean isText(JsonNode value) {
        return value.isString() || value.isArray() && value.valueStream().allMatch(JsonNode::isString);
    }

    private static String text(JsonNode value) {
        return value.isString()
                ? value.asString()
                : value.valueStream().map(JsonNode::asString).collect(Collectors.joining("\n"));
    }
}
