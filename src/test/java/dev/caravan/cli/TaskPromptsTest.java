package dev.caravan.cli;

import static dev.caravan.cli.EndToEndCall.caravan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.data.Check;
import dev.caravan.data.Prompt;
import dev.caravan.io.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prompts of an evaluation task's train split, for reinforcement learning and preferences.
class TaskPromptsTest {
    private static final String RECIPE = """
            name: from-task
            seed: 17
            precision: float32
            threads: 1
            stages:
              - {type: task-prompts, out: questions, tasks: [%s], task_data: '%s', shots: %d}
            """;
    private static final String LEARNERS = """
              - {type: curate, out: pool, sources: [{type: arithmetic, problems: 12, max_steps: 1}]}
              - {type: create, out: base, data: pool, vocabulary: 320, layers: 1, hidden: 16, intermediate: 32, heads: 1, key_value_heads: 1, context: 512}
              - {type: preferences, out: pairs, model: base, data: questions}
              - {type: rlvr, out: policy, model: base, data: questions, steps: 1, prompts: 2, advantage: {type: group-relative, group_size: 2}, max_tokens: 4}
            """;

    @TempDir
    private Path folder;

    @Test
    void trainSplitBecomesPromptsWithTheTasksCheck() throws IOException {
        write("test.jsonl", "How many are 2 and 2?", "4");
        write("train.jsonl", "How many are 3 and 3?", "6");
        Path run = folder.resolve("run");
        EndToEndCall call = caravan("run", recipe("gsm8k", 0, ""), "--out", run);
        assertThat(call.status()).as(call.err()).isZero();
        try (Stream<Prompt> rows = JsonLines.rows(run.resolve("01-questions/prompts.jsonl"), Prompt.class)) {
            List<Prompt> prompts = rows.toList();
            assertThat(prompts).hasSize(1);
            assertThat(prompts.getFirst().check()).contains(new Check("gsm8k", "6"));
            assertThat(prompts.getFirst().id()).isEqualTo("train/gsm8k-000");
            assertThat(prompts.getFirst().messages().getLast().content())
                    .isEqualTo("Question: How many are 3 and 3?\nAnswer:");
        }
    }

    @Test
    void policyLearnsFromThem() throws IOException {
        write("train.jsonl", "How many are 3 and 3?", "6");
        EndToEndCall call = caravan(
                "run",
                recipe("gsm8k", 0, LEARNERS.replaceFirst("  - \\{type: preferences.*\n", "")),
                "--out",
                folder.resolve("run"));
        assertThat(call.status()).as(call.err()).isZero();
        assertThat(folder.resolve("run/04-policy/model/config.json")).exists();
    }

    @Test
    void checkKnowsThatTheyArePrompts() throws IOException {
        write("train.jsonl", "How many are 3 and 3?", "6");
        EndToEndCall call = caravan("check", recipe("gsm8k", 2, LEARNERS));
        assertThat(call.status()).as(call.out() + call.err()).isZero();
    }

    @Test
    void taskWithoutTrainSplitIsRefused() throws IOException {
        EndToEndCall call = caravan("check", recipe("ifeval", 0, ""));
        assertThat(call.status()).isEqualTo(2);
        assertThat(call.out() + call.err())
                .contains("ifeval names no train split, and what is evaluated is never trained on; tasks that can be"
                        + " learnt from are [gsm8k, math]");
    }

    @Test
    void taskWithoutVerifierIsRefused() throws IOException {
        EndToEndCall call = caravan("check", recipe("mmlu", 0, ""));
        assertThat(call.out() + call.err()).contains("mmlu has no verifier that could reward an answer");
    }

    @Test
    void fileThatIsEvaluatedIsNoTrainSplit() throws IOException {
        write("train-and-test.jsonl", "How many are 2 and 2?", "4"); // fits the last pattern of both
        EndToEndCall call = caravan("run", recipe("gsm8k", 0, ""), "--out", folder.resolve("run"));
        assertThat(call.status()).isEqualTo(3);
        assertThat(call.err())
                .contains("train-and-test.jsonl is evaluated by task gsm8k, and what is evaluated is never trained on");
    }

    private void write(String file, String question, String answer) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("data")).resolve(file),
                "{\"question\": \"%s\", \"answer\": \"So it is.\\n#### %s\"}\n".formatted(question, answer));
    }

    private Path recipe(String task, int shots, String more) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        return Files.writeString(folder.resolve("from-task.yaml"), RECIPE.formatted(task, data, shots) + more);
    }
}
