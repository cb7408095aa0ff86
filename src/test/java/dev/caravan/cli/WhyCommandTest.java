package dev.caravan.cli;

import static dev.caravan.cli.EndToEndCall.caravan;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One run through every stage that decides about rows, without a model.
class WhyCommandTest {
    private static final String HENS = "How many eggs does the hen lay in four weeks of spring";
    private static final String RECIPE = """
            name: why
            stages:
              - type: curate
                out: pool
                sources:
                  - {type: file, name: hand, path: '%1$s/hand.jsonl', bad_rows: {type: reject, share: 0.5}}
                  - {type: file, name: shelf, path: '%1$s/shelf'}
                filters: [{type: empty-turn}]
              - {type: decontaminate, out: clean, data: pool, files: [{name: hens, data: '%1$s/hens.jsonl'}]}
              - type: mix
                out: mix
                sources:
                  - {name: twice, data: clean, rows_of: [hand], weight: {type: count, rows: 4}, repeat: true}
                  - {name: other, data: '%1$s/other.jsonl', weight: {type: count, rows: 1}}
              - {type: sample, out: few, data: mix, rows: 4}
            """;

    @TempDir
    private static Path folder;

    private static Path run;

    @BeforeAll
    static void runOnce() throws IOException {
        write("hand.jsonl", row("a", "Name a river."), row("b", "Name a lake."), row("empty", " "), "{");
        Files.createDirectory(folder.resolve("shelf"));
        write("shelf/one.jsonl", row("c", "name a  RIVER."), row("d", HENS + ", and why?"));
        write("hens.jsonl", "{\"id\": \"h1\", \"question\": \"" + HENS + " and summer?\"}");
        write(
                "other.jsonl",
                "{\"id\":\"a\",\"source\":\"other\",\"messages\":[{\"role\":\"user\",\"content\":\"Else?\"}]}");
        run = folder.resolve("run");
        Path recipe = write("why.yaml", RECIPE.formatted(folder));
        EndToEndCall call = caravan("run", recipe, "--out", run);
        assertThat(call.status()).as(call.err()).isZero();
    }

    private static Path write(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private static String row(String id, String question) {
        return "{\"id\": \"%s\", \"prompt\": \"%s\", \"completion\": \"Well.\"}".formatted(id, question);
    }

    private static List<String> why(String id) {
        EndToEndCall call = caravan("why", id, "--run", run);
        assertThat(call.status()).as(call.err()).isZero();
        return call.out().lines().map(line -> line.replaceAll(" +", " ")).toList();
    }

    @Test
    void keptRowIsFollowedFromItsLineInAFileIntoEveryCopyOfAMix() {
        List<String> lines = why("a");
        assertThat(lines)
                .startsWith(
                        "01-pool origins.jsonl:1 read from " + folder + "/hand.jsonl:1, from the source hand",
                        "01-pool data.jsonl:1 kept, from the source hand, in place of c",
                        "01-pool prompts.jsonl:1 kept, from the source hand",
                        "02-clean data.jsonl:1 kept, from the source hand",
                        "02-clean prompts.jsonl:1 kept, from the source hand");
        assertThat(lines.get(5))
                .matches(
                        "03-mix data\\.jsonl:\\d mixed in 2 times, as a\\S* \\(line \\d\\), a\\S* \\(line \\d\\), from the source hand");
        assertThat(lines.subList(6, lines.size())).hasSize(2).allMatch(line -> line.startsWith("04-few "));
    }

    @Test
    void copyIsFollowedAloneFromTheMixOn() throws IOException {
        String copy = why("b").get(5).replaceAll(".*, (b\\+\\d).*|.*(b\\+\\d).*", "$1$2");
        List<String> lines = why(copy);
        assertThat(lines.getFirst()).endsWith("hand.jsonl:2, from the source hand");
        assertThat(lines.get(5)).matches("03-mix data\\.jsonl:\\d mixed in, from the source hand");
        assertThat(lines).hasSize(7);
        assertThat(caravan("why", "b+7", "--run", run).status()).isEqualTo(3);
    }

    @Test
    void rejectedRowsAreToldWithFilterAndReason() {
        assertThat(why("empty")).contains("01-pool rejected.jsonl:2 left out by empty-turn: message 1 (user) is empty");
        assertThat(why(folder + "/hand.jsonl:4").getFirst())
                .startsWith(
                        "01-pool rejected.jsonl:1 left out by bad-row: " + folder + "/hand.jsonl:4: not valid JSON");
    }

    @Test
    void duplicateNamesTheRowThatStays() {
        assertThat(why("c"))
                .startsWith("01-pool origins.jsonl:4 read from " + folder + "/shelf/one.jsonl:1, from the source shelf")
                .contains("01-pool rejected.jsonl:3 left out by duplicate: says the same as row a")
                .contains("01-pool rejected.jsonl:5 left out as a prompt by duplicate: says the same as row a");
    }

    @Test
    void removedRowNamesTheTestItemAndHowMuchOfItItRepeats() {
        assertThat(why("d")) // 13 of the item's 14 words
                .contains("02-clean removed.jsonl:1 left out by decontaminate: repeats h1 of hens (93 % of its words)")
                .noneMatch(line -> line.startsWith("03-mix"));
    }

    @Test
    void rowThatWasNotDrawnIsToldSo() throws IOException {
        String left =
                Files.readString(run.resolve("04-few/rejected.jsonl")).replaceAll("(?s)\\{\"id\":\"([^\"]*)\".*", "$1");
        assertThat(why(left)).anyMatch(line -> line.equals("04-few rejected.jsonl:1 left out by sample: not drawn"));
    }
}
