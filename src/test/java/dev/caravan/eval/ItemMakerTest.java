package dev.caravan.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.data.Check;
import dev.caravan.data.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemMakerTest {
    @TempDir
    private Path folder;

    @Test
    void descriptionStandsFirstOnlyAndThePrefixMovesToTheAssistant() throws IOException {
        EvalTask task = mmlu(TaskSettings.OF_THE_TASK);
        var chat = (EvalPrompt.Chat) task.items().getFirst().prompt();
        assertThat(chat.messages())
                .hasSize(11)
                .startsWith(
                        Message.user("The following are multiple choice questions (with answers) about small talk.\n\n"
                                + "D0?\nA. 1\nB. 2\nC. 3\nD. 4"),
                        Message.assistant("Answer: C"))
                .endsWith(Message.user("Well, \"how\"?\nA. so\nB. la\nC. ti\nD. do"));
        assertThat(chat.opening()).isEqualTo("Answer:");
        assertThat(task.items().getFirst().target())
                .isEqualTo(new Target.Choices(List.of("A", "B", "C", "D"), List.of(false, true, false, false), " "));
    }

    @Test
    void plainFormIsOneTextThatEndsWhereTheAnswerBegins() throws IOException {
        var plain = new TaskSettings(
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.of(TaskFormat.Form.PLAIN),
                OptionalInt.of(1));
        assertThat(mmlu(plain).items().getFirst().prompt())
                .isEqualTo(new EvalPrompt.Plain(
                        "The following are multiple choice questions (with answers) about small talk.\n\n"
                                + "D0?\nA. 1\nB. 2\nC. 3\nD. 4\nAnswer: C\n\n"
                                + "Well, \"how\"?\nA. so\nB. la\nC. ti\nD. do\nAnswer:"));
    }

    @Test
    void examplesOfAnotherFileNeedTheFolder() throws IOException {
        mmlu(TaskSettings.OF_THE_TASK);
        Path file = folder.resolve("test/small_talk_test.csv");
        assertThatThrownBy(() -> TaskRegistry.load("mmlu", TaskData.of(file)))
                .hasMessageContaining("give the folder with both, or --shots 0");
        assertThat(TaskRegistry.protectedTexts("mmlu", TaskData.of(file))).hasSize(2);
    }

    @Test
    void subTaskIsATaskOfItsOwn() throws IOException {
        mmlu(TaskSettings.OF_THE_TASK);
        EvalTask task = TaskRegistry.load("mmlu:small_talk", TaskData.of(folder));
        assertThat(task.name()).isEqualTo("mmlu:small_talk");
        assertThat(task.items()).hasSize(2);
        assertThatThrownBy(() -> TaskRegistry.load("mmlu:talk", TaskData.of(folder)))
                .hasMessage("task mmlu has no sub-task 'talk'; it has [small_talk]");
    }

    @Test
    void rowsOfTheHubMakeTheSameItem() throws IOException {
        EvalTask csv = mmlu(TaskSettings.OF_THE_TASK);
        Path hub = Files.createDirectory(folder.resolve("hub"));
        Files.writeString(hub.resolve("test.jsonl"), """
                {"question": "Well, \\"how\\"?", "subject": "small_talk", "choices": ["so", "la", "ti", "do"], "answer": 1}
                """);
        var zero = new TaskSettings(
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.of(0));
        EvalItem item =
                TaskRegistry.load("mmlu", TaskData.of(hub), zero).items().getFirst();
        assertThat(item.target()).isEqualTo(csv.items().getFirst().target());
        assertThat(((EvalPrompt.Chat) item.prompt()).messages())
                .hasSize(1)
                .allMatch(message -> message.content().endsWith("\nD. do"));
    }

    @Test
    void shuffledOptionsKeepTheRightOne() throws IOException {
        Files.writeString(folder.resolve("gpqa_main.csv"), """
                Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2,Incorrect Answer 3
                Which?,right,wrong 1,wrong 2,wrong 3
                What?,right,wrong 1,wrong 2,wrong 3
                Who?,right,wrong 1,wrong 2,wrong 3
                """);
        EvalTask task = TaskRegistry.load("gpqa", TaskData.of(folder));
        assertThat(task.items()).hasSize(3).allSatisfy(item -> {
            String prompt =
                    ((EvalPrompt.Chat) item.prompt()).messages().getFirst().content();
            char letter = prompt.charAt(prompt.indexOf(") right") - 1);
            assertThat(item.target())
                    .isEqualTo(new Target.Checked(
                            new Check("letter", "{\"answer\": \"%s\", \"choices\": 4}".formatted(letter))));
        });
    }

    @Test
    void dropReadsBothLayouts() throws IOException {
        Path file = Files.writeString(folder.resolve("drop_dataset_dev.json"), """
                {"p1": {"passage": "They won 3 games.", "qa_pairs": [
                  {"question": "How many?", "query_id": "q1", "answer": {"number": "3", "date": {}, "spans": []},
                   "validated_answers": [{"number": "", "date": {}, "spans": ["three games"]}]}]}}
                """);
        EvalItem item = TaskRegistry.load("drop", TaskData.of(file), zeroShots())
                .items()
                .getFirst();
        assertThat(item.target()).isEqualTo(new Target.Checked(new Check("drop", "[[\"3\"], [\"three games\"]]")));
        assertThat(item.protectedTexts()).containsExactly("They won 3 games.", "How many?");
        Path hub = Files.writeString(folder.resolve("validation.jsonl"), """
                {"passage": "P", "question": "Q", "query_id": "q1", "answers_spans": {"spans": ["a", "b"]}}
                """);
        assertThat(TaskRegistry.load("drop", TaskData.of(hub), zeroShots())
                        .items()
                        .getFirst()
                        .target())
                .isEqualTo(new Target.Checked(new Check("drop", "[[\"a\", \"b\"]]")));
    }

    private static TaskSettings zeroShots() {
        return new TaskSettings(
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.of(0));
    }

    private EvalTask mmlu(TaskSettings settings) throws IOException {
        Files.createDirectories(folder.resolve("test"));
        Files.createDirectories(folder.resolve("dev"));
        Files.writeString(
                folder.resolve("test/small_talk_test.csv"),
                "\"Well, \"\"how\"\"?\",so,la,ti,do,B\n\"Two\nlines\",1,2,3,4,D\n");
        var examples = new StringBuilder();
        for (int i = 0; i < 5; i++) examples.append("D%d?,1,2,3,4,C\n".formatted(i));
        Files.writeString(folder.resolve("dev/small_talk_dev.csv"), examples);
        return TaskRegistry.load("mmlu", TaskData.of(folder), settings);
    }
}
