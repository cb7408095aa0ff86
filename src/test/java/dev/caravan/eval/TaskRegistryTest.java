package dev.caravan.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import dev.caravan.data.Check;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskRegistryTest {
    @TempDir
    private Path folder;

    @Test
    void arithmeticHasItsItemsByItself() {
        EvalTask task = TaskRegistry.load("arithmetic", TaskData.NONE);
        assertThat(task.items()).hasSize(400);
        assertThat(task.items()).extracting(EvalItem::prompt).doesNotHaveDuplicates();
        assertThat(task.protectedTexts()).hasSize(400);
    }

    /// A new number here is a new version of the task.
    @Test
    void itemsOfArithmeticAreThoseOfItsVersion() {
        EvalTask task = TaskRegistry.load("arithmetic", TaskData.NONE);
        assertThat(task.definition().version()).isEqualTo(1);
        assertThat(task.contentHash()).isEqualTo("2758ea793bab08331d803af7ce768951442c683bac1546b18f3a44561b728331");
    }

    @Test
    void hashTellsTasksWithOtherItemsApart() {
        EvalTask task = TaskRegistry.load("arithmetic", TaskData.NONE);
        assertThat(task.limitedTo(399).contentHash()).isNotEqualTo(task.contentHash());
    }

    @Test
    void gsm8kIsReadFromTheFileGiven() throws Exception {
        Path file = folder.resolve("test.jsonl");
        Files.writeString(file, "{\"question\": \"How many?\", \"answer\": \"2 + 2 = <<2+2=4>>4\\n#### 1,004\"}\n");
        EvalTask task = TaskRegistry.load("gsm8k", TaskData.of(file));
        assertThat(task.items().getFirst().target()).isEqualTo(new Target.Checked(new Check("gsm8k", "1,004")));
    }

    @Test
    void gsm8kWithoutFileSaysWhatToGive() {
        assertThatThrownBy(() -> TaskRegistry.load("gsm8k", TaskData.NONE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("give data=FILE with the test split of openai/gsm8k");
    }

    @Test
    void rowsWithoutAnswerAreRefused() throws Exception {
        Path file = folder.resolve("test.jsonl");
        Files.writeString(file, "{\"prompt\": \"How many?\", \"completion\": \"4\"}\n");
        assertThatThrownBy(() -> TaskRegistry.load("gsm8k", TaskData.of(file)))
                .hasMessageContaining(
                        "task gsm8k, row 1: the row has columns [prompt, completion, file, task_description]");
    }

    @Test
    void unknownTaskListsTheKnownOnes() {
        assertThatThrownBy(() -> TaskRegistry.named("glue"))
                .isInstanceOf(RecipeException.class)
                .hasMessageStartingWith("there is no task 'glue'; known are [agieval, alpaca-eval, arithmetic, ");
    }

    @Test
    void everyTaskFileIsListedAndBinds() throws Exception {
        try (var files = Files.list(Path.of("src/main/resources/dev/caravan/eval/tasks"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml")))
                    .containsExactlyInAnyOrderElementsOf(TaskRegistry.names().stream()
                            .map(name -> name + ".yaml")
                            .toList());
        }
        assertThat(TaskRegistry.tasks()).extracting(TaskDefinition::name).isEqualTo(TaskRegistry.names());
    }
}
