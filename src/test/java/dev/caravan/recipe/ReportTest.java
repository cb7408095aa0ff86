package dev.caravan.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Pattern TAG = Pattern.compile("<(/?)([a-z0-9]+)[^>]*>");
    private static final Set<String> WITHOUT_END = Set.of("meta", "input");

    @TempDir
    Path folder;

    @Test
    void aWholeRunShowsEverySection() throws IOException {
        String page = Report.html(List.of(SyntheticRun.write(folder, 1)));
        assertThat(page)
                .contains("id=\"scores\"", "id=\"curves\"", "id=\"data\"", "id=\"tokens\"")
                .contains("id=\"pairs\"", "id=\"rollouts\"", "id=\"samples\"", "id=\"provenance\"")
                .contains("showing 160 of 640 prompts", "near-duplicate", "beyond chance");
    }

    @Test
    void provenanceNamesWhatAStageReadAndWrote() throws IOException {
        String page = Report.html(List.of(SyntheticRun.write(folder, 1)));
        assertThat(page).contains("<dt>stage-before</dt>", "<dt>data.jsonl</dt>", "<dt>learning_rate</dt>");
    }

    @Test
    void everyElementThatOpensCloses() throws IOException {
        String page =
                Report.html(List.of(SyntheticRun.write(folder, 1))).replaceAll("(?s)(<script>).*?(</script>)", "$1$2");
        var open = new ArrayDeque<String>();
        TAG.matcher(page)
                .results()
                .filter(tag -> !WITHOUT_END.contains(tag.group(2)))
                .forEach(tag -> {
                    if (tag.group(1).isEmpty()) {
                        open.push(tag.group(2));
                    } else {
                        assertThat(open.pop()).isEqualTo(tag.group(2));
                    }
                });
        assertThat(open).isEmpty();
    }

    @Test
    void noTextOfARunBecomesMarkup() throws IOException {
        String hostile = "</pre></script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
        String page = Report.html(List.of(SyntheticRun.write(folder, 1, text -> hostile + text)));
        assertThat(page).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert", "<img", "\"'>");
        assertThat(page.split("<script", -1)).hasSize(2);
    }

    @Test
    void thePageLoadsNothing() throws IOException {
        String page = Report.html(List.of(SyntheticRun.write(folder, 1)));
        assertThat(page).doesNotContain("src=", "@import", "url(", "<link", "fetch(");
        assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http://", "https://");
    }

    @Test
    void theSameRunGivesTheSamePage() throws IOException {
        Path first = SyntheticRun.write(Files.createDirectories(folder.resolve("a/run")), 7);
        Path second = SyntheticRun.write(Files.createDirectories(folder.resolve("b/run")), 7);
        assertThat(Report.html(List.of(first))).isEqualTo(Report.html(List.of(second)));
    }

    @Test
    void longTextsDoNotMakeThePageLargerThanThreeMegabytes() throws IOException {
        Path run = SyntheticRun.write(folder, 1, text -> text + " <&>".repeat(400));
        byte[] page = Report.html(List.of(run)).getBytes(StandardCharsets.UTF_8);
        assertThat(page.length).isBetween(300_000, 3_000_000);
    }

    @Test
    void severalRunsAreComparedSettingBySetting() throws IOException {
        Path first = SyntheticRun.write(Files.createDirectories(folder.resolve("first")), 1);
        Path second = SyntheticRun.write(Files.createDirectories(folder.resolve("second")), 2);
        Path manifest = second.resolve("05-dpo/manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"beta\":0.1", "\"beta\":0.3"));
        String page = Report.html(List.of(first, second));
        assertThat(page)
                .contains("first and second", "<code>dpo.beta</code></th><td>0.1</td><td>0.3</td>")
                .doesNotContain("<code>dpo.learning_rate</code></th>");
    }

    @Test
    void whatARunDoesNotHaveIsLeftOut() throws IOException {
        Files.writeString(folder.resolve("metrics.jsonl"), "{\"stage\":\"sft\",\"step\":1,\"loss\":2.5}\n");
        String page = Report.html(List.of(folder));
        assertThat(page).contains("id=\"curves\"").doesNotContain("id=\"scores\"", "id=\"data\"", "id=\"provenance\"");
    }

    @Test
    void aTornLastLineAndANumberThatIsNotFiniteAreSaid() throws IOException {
        String rows =
                "{\"stage\":\"sft\",\"step\":1,\"loss\":2.5}\n{\"stage\":\"sft\",\"step\":2,\"loss\":\"NaN\"}\n{\"sta";
        Files.writeString(folder.resolve("metrics.jsonl"), rows);
        assertThat(Report.html(List.of(folder)))
                .contains("metrics.jsonl: 1 lines are not JSON", "not finite and not drawn: 1");
    }

    @Test
    void aFolderWithoutARunIsAUsersMistake() {
        assertThatThrownBy(() -> Report.html(List.of(folder)))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("nothing to report");
        assertThatThrownBy(() -> Report.html(List.of(folder.resolve("nowhere"))))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void aBrokenManifestIsNamed() throws IOException {
        Files.createDirectories(folder.resolve("01-sft"));
        Files.writeString(folder.resolve("01-sft/manifest.json"), "{\"stage\":");
        assertThatThrownBy(() -> Report.html(List.of(folder)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("manifest.json");
    }
}
