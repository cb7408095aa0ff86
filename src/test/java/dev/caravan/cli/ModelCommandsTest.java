package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.TinyModel;
import dev.caravan.io.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The commands that compute, on a model of random weights.
class ModelCommandsTest {
    @TempDir
    private static Path folder;

    private static Path model;
    private static Path weightsOnly;

    @BeforeAll
    static void writeModels() {
        model = TinyModel.write(folder.resolve("tiny"));
        weightsOnly = TinyModel.writeWeights(folder.resolve("weights"));
    }

    @Test
    void scoresOfACompletionAreTheLogProbsItWasDrawnWith() throws IOException {
        String prompts = "{\"prompt\": \"What is 2 + 3?\"}\n{\"prompt\": \"Say a word.\"}\n";
        List<JsonNode> drawn = run(0, prompts, "generate", "--n", "3", "--max-tokens", "12");
        var rows = new StringBuilder();
        for (int i = 0; i < 2; i++) {
            int[] ids = TinyModel.contract().plainText(i == 0 ? "What is 2 + 3?" : "Say a word.");
            for (JsonNode completion : drawn.get(i).path("completions")) {
                rows.append("{\"prompt_ids\": %s, \"continuation_ids\": %s}\n"
                        .formatted(Arrays.toString(ids), completion.path("ids")));
            }
        }
        List<JsonNode> scored = run(0, rows.toString(), "score");
        for (int i = 0; i < 6; i++) {
            float[] logProbs =
                    floats(drawn.get(i / 3).path("completions").path(i % 3).path("logprobs"));
            assertThat(floats(scored.get(i).path("token_logprobs"))).containsExactly(logProbs, within(1e-5f));
        }
    }

    @Test
    void spacesAtThePromptsEndBelongToTheContinuation() throws IOException {
        List<JsonNode> scored = run(0, """
                {"prompt": "a b", "continuation": " c"}
                {"prompt": "a b ", "continuation": "c"}
                """, "score");
        assertThat(scored.get(0).path("tokens").asInt()).isEqualTo(2);
        assertThat(scored.get(1)).isEqualTo(scored.get(0));
    }

    @Test
    void batchAndOrderOfRowsChangeNoCompletion() throws IOException {
        var rows = new ArrayList<String>();
        for (int i = 0; i < 7; i++) rows.add("{\"prompt\": \"row " + i + "\"}");
        List<JsonNode> alone = run(0, String.join("\n", rows), "generate", "--max-tokens", "12", "--batch", "1");
        List<JsonNode> reversed = run(0, String.join("\n", rows.reversed()), "generate", "--max-tokens", "12");
        for (int i = 0; i < 7; i++) assertThat(ids(reversed.get(6 - i))).isEqualTo(ids(alone.get(i)));
    }

    @Test
    void samePromptTwiceIsDrawnTwiceAndSeedsDiffer() throws IOException {
        String twice = "{\"prompt\": \"again\"}\n{\"prompt\": \"again\"}\n";
        List<JsonNode> drawn = run(0, twice, "generate", "--max-tokens", "12");
        assertThat(ids(drawn.get(0))).isNotEqualTo(ids(drawn.get(1)));
        List<JsonNode> other = run(0, twice, "generate", "--max-tokens", "12", "--seed", "1");
        assertThat(ids(other.get(0))).isNotEqualTo(ids(drawn.get(0)));
    }

    @Test
    void folderWithoutTokenizerTakesIdsAndLeavesTextOut() throws IOException {
        String rows = "{\"id\": 1, \"prompt_ids\": [5, 6, 7]}\n{\"id\": 2, \"prompt\": \"a\"}\n";
        List<JsonNode> answers = run(weightsOnly, 3, rows, "generate", "--max-tokens", "5", "--ignore-eos");
        JsonNode completion = answers.get(0).path("completions").path(0);
        assertThat(completion.propertyNames()).containsExactly("ids", "logprobs", "finish");
        assertThat(completion.path("ids").size()).isEqualTo(5);
        assertThat(completion.path("finish").asString()).isEqualTo("length");
        assertThat(answers.get(1).path("error").asString())
                .startsWith("line 2: ")
                .contains("tokenizer.json");
    }

    @Test
    void badRowsCostOnlyThemselves() throws IOException {
        String tooLong = Arrays.toString(new int[TinyModel.CONTEXT]);
        List<JsonNode> answers = run(3, """
                {"prompt_ids": %s}
                {"prompt_ids": [5, 999]}
                {"prompt_ids": [5]}
                {"prompt_ids": []}
                """.formatted(tooLong), "generate", "--temperature", "0", "--max-tokens", "2");
        assertThat(answers.get(0).path("error").asString())
                .startsWith("line 1: ")
                .contains("160 tokens");
        assertThat(answers.get(1).path("error").asString())
                .startsWith("line 2: ")
                .contains("999");
        assertThat(answers.get(2).has("completions")).isTrue();
        assertThat(answers.get(3).path("error").asString())
                .startsWith("line 4: ")
                .contains("no tokens");
    }

    @Test
    void convertedModelScoresAsItsSource() throws IOException {
        Path copy = folder.resolve("copy");
        assertThat(Main.run("convert", model.toString(), copy.toString())).isZero();
        assertThat(Main.run("convert", model.toString(), copy.toString())).isEqualTo(2);
        String row = "{\"prompt\": \"one\", \"continuation\": \" two\"}";
        assertThat(run(copy, 0, row, "score")).isEqualTo(run(0, row, "score"));
    }

    @Test
    void evaluateGivesALineATaskAndItsAnswers() throws IOException {
        Path out = folder.resolve("answers");
        List<JsonNode> lines = run(
                0,
                "",
                "evaluate",
                "--tasks",
                "arithmetic",
                "--limit",
                "3",
                "--max-tokens",
                "4",
                "--out",
                out.toString());
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst().path("task").asString()).isEqualTo("arithmetic");
        assertThat(lines.getFirst().path("n").asInt()).isEqualTo(3);
        assertThat(Files.readAllLines(out.resolve("arithmetic.jsonl"))).hasSize(3);
    }

    @Test
    void itemLongerThanTheContextCountsAsUnverifiable() throws IOException {
        String question = "x".repeat(TinyModel.CONTEXT);
        Path items = Files.writeString(
                folder.resolve("items.jsonl"), "{\"question\": \"" + question + "\", \"answer\": \"#### 1\"}\n");
        JsonNode line = run(0, "", "evaluate", "--tasks", "gsm8k", "--task-data", items.toString())
                .getFirst();
        assertThat(line.path("n").asInt()).isZero();
        assertThat(line.path("unverifiable").asInt()).isEqualTo(1);
    }

    @Test
    void mistakesAreOneMessage() throws IOException {
        run(folder.resolve("nowhere"), 2, "", "score");
        run(folder, 3, "", "score");
        run(3, "", "reward"); // a language model has no reward
        run(2, "", "generate", "--top-p", "2");
        run(weightsOnly, 2, "", "generate", "--stop", "x");
    }

    private static List<JsonNode> run(int status, String rows, String... command) throws IOException {
        return run(model, status, rows, command);
    }

    /// The lines that the command prints.
    private static List<JsonNode> run(Path model, int status, String rows, String... command) throws IOException {
        var all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--model", model.toString(), "--precision", "float32"));
        if (!command[0].equals("evaluate")) {
            all.add(Files.writeString(folder.resolve("rows.jsonl"), rows).toString());
        }
        var printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(all.toArray(String[]::new))).isEqualTo(status);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().map(Json::tree).toList();
    }

    private static List<Integer> ids(JsonNode answer) {
        return answer.path("completions")
                .path(0)
                .path("ids")
                .valueStream()
                .map(JsonNode::asInt)
                .toList();
    }

    private static float[] floats(JsonNode list) {
        var floats = new float[list.size()];
        for (int i = 0; i < floats.length; i++) floats[i] = list.get(i).floatValue();
        return floats;
    }
}
