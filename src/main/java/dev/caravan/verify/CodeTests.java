package dev.caravan.verify;

import dev.caravan.io.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What a program is tested with, as an expectation has it: asserts in `tests`, or texts for standard input and the
/// output to each, in `cases` or in `inputs` and `outputs`. A text may also be given as a list of its lines.
final class CodeTests {
    /// More of them are not run.
    static final int MOST_CASES = 256;

    private CodeTests() {}

    /// What is to be run, one sandbox after the other; nothing where the expectation has another form.
    static Optional<List<? extends SandboxTask>> of(String code, String expected) {
        try {
            JsonNode tree = Json.mapper().readTree(expected);
            if (!tree.path("language").asString("python").equals("python")) return Optional.empty();
            String before = tree.path("before").asString("");
            if (tree.path("tests").isString()) {
                return Optional.of(
                        List.of(new PythonTask(before, code, tree.get("tests").asString())));
            }
            return cases(before + code, tree);
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
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
