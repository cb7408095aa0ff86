package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.TinyModel;
import dev.caravan.io.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `caravan evaluate` and `caravan audit` on a model of random weights and a task file of the user's own.
class EvaluateCommandTest {
    @TempDir
    private static Path folder;

    private static Path model;
    private static Path task;
    private static Path items;

    @BeforeAll
    static void writeTask() throws IOException {
        model = TinyModel.write(folder.resolve("tiny"));
        task = Files.writeString(folder.resolve("colours.yaml"), """
                name: colours
                version: 3
                metric: accuracy
                items: 4
                source: {type: files, hub: none/none, split: test, holds: rows, folder: colours, files: ['*.jsonl']}
                format: {question: 'Is {{ thing }}', group: '{{ kind }}'}
                scoring: {type: choice, choices: '["red", "blue"]', gold: '{{ right }}', normalise: unconditional}
                average: groups
                decontaminate: ['{{ thing }}']
                """);
        items = Files.writeString(folder.resolve("colours.jsonl"), """
                {"thing": "sky", "right": 1, "kind": "big"}
                {"thing": "blood", "right": 0, "kind": "small"}
                {"thing": "sea", "right": 1, "kind": "big"}
                {"thing": "mars", "right": 0, "kind": "big"}
                """);
    }

    @Test
    void choicesAreWeighedAndComparedWithAnotherRun() throws IOException {
        Path out = folder.resolve("choices");
        evaluate(0, "--out", out.toString());
        JsonNode line = evaluate(0, "--compare", out.toString()).getFirst();
        assertThat(line.path("task").asString()).isEqualTo("colours");
        assertThat(line.path("n").asInt()).isEqualTo(4);
        assertThat(line.path("paired").asInt()).isEqualTo(4);
        assertThat(line.path("difference").asDouble()).isZero();
        assertThat(line.path("p_value").asDouble()).isEqualTo(1);
        JsonNode row =
                Json.tree(Files.readAllLines(out.resolve("colours.jsonl")).getFirst());
        assertThat(row.path("logprobs").size()).isEqualTo(2);
        assertThat(row.path("unconditional_logprobs").size()).isEqualTo(2);
    }

    /// What a kill leaves: some whole lines without verdicts, and a torn one.
    @Test
    void killedEvaluationGoesOnWhereItStopped() throws IOException {
        Path whole = folder.resolve("whole");
        List<JsonNode> expected = evaluate(0, "--out", whole.toString());
        List<String> lines = Files.readAllLines(whole.resolve("colours.jsonl"));
        Path cut = Files.createDirectory(folder.resolve("cut"));
        String marked = lines.get(2).replaceFirst("\"logprobs\":\\[[^,]*", "\"logprobs\":[-0.125");
        Files.writeString(
                cut.resolve("colours.jsonl"), marked + "\n" + lines.get(0).substring(0, 40));
        List<JsonNode> resumed = evaluate(0, "--out", cut.toString());
        assertThat(resumed.getFirst().path("n")).isEqualTo(expected.getFirst().path("n"));
        List<String> again = Files.readAllLines(cut.resolve("colours.jsonl"));
        assertThat(again).hasSize(4);
        assertThat(again.get(2)).contains("\"logprobs\":[-0.125"); // taken from the file, not asked again
        assertThat(again.get(0)).isEqualTo(lines.get(0));
    }

    @Test
    void oneItemOfEachGroupComesFirst() throws IOException {
        Path out = folder.resolve("limited");
        evaluate(0, "--limit", "2", "--out", out.toString());
        assertThat(Files.readAllLines(out.resolve("colours.jsonl")))
                .extracting(line -> Json.tree(line).path("group").asString())
                .containsExactly("big", "small");
    }

    @Test
    void auditListsGoldAnswersThatTheirVerifierRefuses() throws IOException {
        Path prompts = Files.writeString(folder.resolve("prompts.jsonl"), """
                {"id": "a", "messages": [{"role": "user", "content": "2+2?"}], "ground_truth": "4", "dataset": "gsm8k"}
                {"id": "b", "messages": [{"role": "user", "content": "2+2?"}], "ground_truth": "four", "dataset": "gsm8k"}
                {"id": "c", "messages": [{"role": "user", "content": "x"}], "ground_truth": "1", "dataset": "nobody"}
                {"id": "d", "messages": [{"role": "user", "content": "x"}], "ground_truth": "\\\\frac{1}{2}", "dataset": "math"}
                """);
        List<JsonNode> failures = run(3, List.of("audit", prompts.toString()));
        assertThat(failures).extracting(row -> row.path("id").asString()).containsExactly("b", "c");
        assertThat(failures.getLast().path("reason").asString()).contains("there is no verifier 'nobody'");
        Path sound =
                Files.writeString(folder.resolve("sound.jsonl"), "{\"question\": \"Q\", \"answer\": \"#### 5\"}\n");
        assertThat(run(0, List.of("audit", sound.toString()))).isEmpty();
    }

    private static List<JsonNode> evaluate(int status, String... options) {
        var all = new ArrayList<>(List.of("evaluate", "--tasks", task.toString(), "--task-data", items.toString()));
        all.addAll(List.of("--model", model.toString(), "--precision", "float32"));
        all.addAll(List.of(options));
        return run(status, all);
    }

    /// The lines that the command prints.
    private static List<JsonNode> run(int status, List<String> command) {
        var printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(command.toArray(String[]::new))).isEqualTo(status);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().map(Json::tree).toList();
    }
}
