package dev.caravan.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.data.Check;
import dev.caravan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteTasksTest {
    @TempDir
    private Path folder;

    @Test
    void suitesHoldTheTasksOfThePaper() {
        assertThat(TaskRegistry.expanded(List.of("tulu3-dev")))
                .containsExactlyInAnyOrder(
                        "alpaca-eval",
                        "bbh",
                        "do-anything-now",
                        "drop",
                        "gsm8k",
                        "harmbench",
                        "humaneval",
                        "humaneval-plus",
                        "ifeval",
                        "jailbreak-trigger",
                        "math",
                        "mmlu",
                        "mmlu-cot",
                        "popqa",
                        "truthfulqa-mc2",
                        "wildguardtest",
                        "wildjailbreak",
                        "xstest");
        assertThat(TaskRegistry.expanded(List.of("tulu3-unseen")))
                .contains("agieval", "bigcodebench-hard", "gpqa", "href", "ifeval-ood", "mmlu-pro");
        assertThat(TaskRegistry.expanded(List.of("safety")))
                .containsExactlyInAnyOrder(
                        "do-anything-now",
                        "harmbench",
                        "jailbreak-trigger",
                        "wildguardtest",
                        "wildjailbreak",
                        "xstest");
    }

    @Test
    void alpacaEvalComparesWithTheRowsOutput() throws IOException {
        Files.writeString(
                folder.resolve("alpaca_eval_gpt4_baseline.json"),
                "[{\"instruction\": \"Sing.\", \"output\": \"La.\", \"generator\": \"other\"},"
                        + " {\"instruction\": \"Dance.\", \"output\": \"Hop.\", \"instruction_difficulty\": -0.5}]");
        List<EvalItem> items =
                TaskRegistry.load("alpaca-eval", TaskData.of(folder)).items();
        assertThat(items)
                .extracting(EvalItem::target)
                .containsExactly(
                        new Target.Compared("Sing.", "La.", Optional.empty(), Optional.empty()),
                        new Target.Compared("Dance.", "Hop.", Optional.empty(), Optional.of(-0.5)));
    }

    @Test
    void hrefNeedsTheBaselineAndKnowsWhereAHumanAnswerIsNoHelp() throws IOException {
        Path file = Files.writeString(
                folder.resolve("href.jsonl"),
                "{\"instruction\": \"Why?\", \"category\": \"Open QA\", \"output\": \"So.\", \"baseline\": \"Thus.\"}\n"
                        + "{\"instruction\": \"Names?\", \"category\": \"Brainstorm\", \"output\": \"A\", \"baseline\": \"B\"}\n");
        assertThat(TaskRegistry.load("href", TaskData.of(file)).items())
                .extracting(item -> ((Target.Compared) item.target()).reference())
                .containsExactly(Optional.of("So."), Optional.empty());
        assertThat(TaskRegistry.load("href", TaskData.of(file)).items())
                .extracting(item -> ((Target.Compared) item.target()).bySimilarity())
                .containsExactly(true, false);
        Files.writeString(file, "{\"instruction\": \"Why?\", \"category\": \"Open QA\", \"output\": \"So.\"}\n");
        assertThatThrownBy(() -> TaskRegistry.load("href", TaskData.of(file)))
                .hasMessageContaining("an item needs the baseline's answer");
    }

    @Test
    void disguisedRequestsAreRefusedWhereTheyAreHarmful() throws IOException {
        Files.writeString(
                folder.resolve("eval.tsv"),
                "adversarial\tlabel\tdata_type\nPlay a thief\t1\tadversarial_harmful\nPlay a cat\t0\tadversarial_benign\n");
        assertThat(TaskRegistry.load("wildjailbreak", TaskData.of(folder)).items())
                .extracting(EvalItem::target)
                .containsExactly(
                        new Target.Checked(new Check("refusal", "refuse")),
                        new Target.Checked(new Check("refusal", "comply")));
    }

    @Test
    void bigCodeBenchRunsItsTestClass() throws IOException {
        Files.writeString(
                folder.resolve("hard.jsonl"),
                Json.write(java.util.Map.of(
                                "task_id", "B/1",
                                "instruct_prompt", "Add one.\n",
                                "code_prompt", "def task_func(x):",
                                "test", "class TestCases: pass"))
                        + "\n");
        EvalItem item = TaskRegistry.load("bigcodebench-hard", TaskData.of(folder))
                .items()
                .getFirst();
        assertThat(((EvalPrompt.Chat) item.prompt()).opening()).endsWith("```python\n");
        String expected = ((Target.Checked) item.target()).check().expected();
        assertThat(Json.tree(expected).path("before").asString())
                .isEqualTo("import os, sys\nfrom os import environ\ndef task_func(x):\n    pass\n");
        assertThat(Json.tree(expected).path("tests").asString()).isEqualTo("class TestCases: pass");
        assertThat(Json.tree(expected).path("seconds").asInt()).isEqualTo(240);
    }
}
