package dev.caravan.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.data.Check;
import dev.caravan.data.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The prompts of the tasks in the form of EleutherAI's lm-evaluation-harness, which are plain texts.
class HarnessFormTest {
    @TempDir
    private Path folder;

    @Test
    void gsm8kShowsGoldSolutionsOfTheTrainingRows() throws IOException {
        Files.writeString(folder.resolve("test.jsonl"), "{\"question\": \"Q?\", \"answer\": \"2 + 2 = 4\\n#### 4\"}\n");
        Files.writeString(
                folder.resolve("train.jsonl"), "{\"question\": \"T?\", \"answer\": \"It is 1\\n#### 1\"}\n".repeat(6));
        EvalItem item = only("gsm8k-harness");
        assertThat(item.prompt())
                .isEqualTo(new EvalPrompt.Plain(
                        "Question: T?\nAnswer: It is 1\n#### 1\n\n".repeat(5) + "Question: Q?\nAnswer:"));
        assertThat(item.target()).isEqualTo(new Target.Checked(new Check("gsm8k", "4")));
    }

    @Test
    void bbhEndsWithALineOfItsOwn() throws IOException {
        Files.writeString(
                folder.resolve("navigate.json"), "{\"examples\": [{\"input\": \"Back?\", \"target\": \"Yes\"}]}");
        Files.createDirectory(folder.resolve("cot-prompts"));
        Files.writeString(
                folder.resolve("cot-prompts/navigate.txt"),
                "Walk.\n\n" + "Q: Here?\nA: Let's think step by step.\nSo the answer is No.\n\n".repeat(3));
        EvalItem item = only("bbh-harness");
        assertThat(item.prompt())
                .isEqualTo(new EvalPrompt.Plain("Walk.\n\n"
                        + "Q: Here?\nA: Let's think step by step.\nSo the answer is No.\n\n".repeat(3)
                        + "Q: Back?\nA: Let's think step by step.\n"));
        assertThat(item.target()).isEqualTo(new Target.Checked(new Check("bbh", "Yes")));
    }

    @Test
    void humanEvalIsTheBarePrompt() throws IOException {
        Files.writeString(
                folder.resolve("HumanEval.jsonl"),
                "{\"task_id\": \"T/0\", \"prompt\": \"def f():\\n\", \"test\": \"def check(c): pass\","
                        + " \"entry_point\": \"f\"}\n");
        assertThat(only("humaneval-harness").prompt()).isEqualTo(new EvalPrompt.Plain("def f():\n"));
    }

    @Test
    void truthfulQaIsTheHarnessTextInOneTurnOfTheUser() throws IOException {
        Files.writeString(
                folder.resolve("mc_task.json"),
                "[{\"question\": \"Who?\", \"mc1_targets\": {\"Me\": 1, \"You\": 0}, \"mc2_targets\": {}}]");
        var chat = (EvalPrompt.Chat) only("truthfulqa-mc1").prompt();
        assertThat(chat.messages()).hasSize(1).first().satisfies(turn -> {
            assertThat(turn.role()).isEqualTo(Message.user("").role());
            assertThat(turn.content()).startsWith("Q: How many days").endsWith("\n\nQ: Who?\nA:");
        });
        assertThat(chat.opening()).isEmpty();
        var plain = TaskRegistry.load("truthfulqa-mc1", TaskData.of(folder), plain());
        assertThat(plain.items().getFirst().prompt())
                .isEqualTo(new EvalPrompt.Plain(chat.messages().getFirst().content()));
        assertThat(((Target.Choices) plain.items().getFirst().target()).delimiter())
                .isEqualTo(" ");
    }

    private EvalItem only(String task) {
        return TaskRegistry.load(task, TaskData.of(folder)).items().getFirst();
    }

    private static TaskSettings plain() {
        return new TaskSettings(
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.of(TaskFormat.Form.PLAIN),
                OptionalInt.empty());
    }
}
