package dev.caravan.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskListTest {
    @TempDir
    private Path folder;

    @Test
    void ofASuiteThoseTasksAreTakenWhoseDataAreHere() throws IOException {
        Files.createDirectory(folder.resolve("gsm8k"));
        Files.createDirectory(folder.resolve("xstest"));
        TaskList list = TaskList.of(List.of("tulu3-dev"), TaskData.of(folder));
        assertThat(list.tasks()).containsExactly("gsm8k", "xstest");
        assertThat(list.suites()).extracting(Suite::name).containsExactly("safety", "tulu3-dev");
        assertThat(list.missing()).hasSize(16).contains("mmlu", "bbh", "harmbench");
        assertThat(list.gap().orElseThrow()).startsWith("not evaluated, since their data are not here: mmlu, mmlu-cot");
    }

    @Test
    void taskThatIsListedItselfIsNeverLeftOut() {
        TaskList list = TaskList.of(List.of("gsm8k", "deepmind-math"), TaskData.NONE);
        assertThat(list.tasks()).containsExactly("gsm8k", "deepmind-math");
        assertThat(list.gap()).isEmpty();
        assertThat(list.suites()).isEmpty();
    }

    @Test
    void tasksThatShareAFolderAreFoundInIt() throws IOException {
        TaskData data = new TaskData(java.util.Map.of("mmlu", folder), java.util.Optional.empty());
        assertThat(TaskList.of(List.of("tulu3-dev"), data).tasks()).containsExactly("mmlu", "mmlu-cot");
    }

    @Test
    void suiteWithoutAnyDataIsAnError() {
        assertThatThrownBy(() -> TaskList.of(List.of("safety"), TaskData.NONE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a folder with a folder for each of its tasks, harmbench, xstest, ");
    }
}
