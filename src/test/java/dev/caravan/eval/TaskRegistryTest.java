package dev.caravan.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import dev.caravan.data.Check;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskRegistryTest {
    @TempDir
    private Path folder;

    @Test
    void arithmeticHasItsItemsByItself() {
        EvalTask task = TaskRegistry.load("arithmetic", Optional.empty());
        assertThat(task.items()).hasSize(400);
        assertThat(task.items()).extracting(item -> item.messages()).doesNotHaveDuplicates();
        assertThat(task.protectedTexts()).hasSize(400);
    }

    /// A new number here is a new version of the task.
    @Test
    void itemsOfArithmeticAreThoseOfItsVersion() {
        EvalTask task = TaskRegistry.load("arithmetic", Optional.empty());
        assertThat(task.version()).isEqualTo(1);
        assertThat(task.contentHash()).isEqualTo("e6aa9a02acf7b5dbdbfcb57f2f354e84edec9787c7ec3dce26b268940e5735f9");
    }

    @Test
    void hashTellsTasksWithOtherItemsApart() {
        EvalTask task = TaskRegistry.load("arithmetic", Optional.empty());
        assertThat(task.limitedTo(399).contentHash()).isNotEqualTo(task.contentHash());
    }

    @Test
    void gsm8kIsReadFromTheFileGiven() throws Exception {
        Path file = folder.resolve("test.jsonl");
        Files.writeString(file, "{\"question\": \"How many?\", \"answer\": \"2 + 2 = <<2+2=4>>4\\n#### 1,004\"}\n");
        EvalTask task = TaskRegistry.load("gsm8k", Optional.of(file.toString()));
        assertThat(task.items().getFirst().check()).contains(new Check("gsm8k", "1,004"));
    }

    @Test
    void gsm8kWithoutFileSaysWhatToGive() {
        assertThatThrownBy(() -> TaskRegistry.load("gsm8k", Optional.empty()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("give data=FILE with the test split of openai/gsm8k");
    }

    @Test
    void rowsWithoutAnswerAreRefused() throws Exception {
        Path file = folder.resolve("test.jsonl");
        Files.writeString(file, "{\"prompt\": \"How many?\", \"completion\": \"4\"}\n");
        assertThatThrownBy(() -> TaskRegistry.load("gsm8k", Optional.of(file.toString())))
                .hasMessageContaining("the row 'How many?' has no answer to check");
    }

    @Test
    void unknownTaskListsTheKnownOnes() {
        assertThatThrownBy(() -> TaskRegistry.named("mmlu"))
                .isInstanceOf(RecipeException.class)
                .hasMessage("there is no task 'mmlu'; known are [arithmetic, gsm8k]");
    }
}
