package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandsTest {
    private static final String QUESTION = "How many eggs does the hen lay in four weeks of spring";

    @TempDir
    private Path folder;

    @Test
    void dedupWritesWhatStaysWhatLeavesAndTheClusters() throws IOException {
        Path a = file("a.jsonl", chat("Name a river."), chat(QUESTION + " and summer and autumn?"));
        Path b = file("b.jsonl", chat("name a  RIVER."), chat(QUESTION + " and summer and winter?"));
        run(0, "dedup", a, b, "--near", "0.7", "--out", out());
        assertThat(read("data.jsonl")).contains("Name a river.", "autumn").doesNotContain("RIVER", "winter");
        assertThat(read("rejected.jsonl").lines()).hasSize(2);
        assertThat(read("clusters.jsonl").lines()).hasSize(2).allMatch(line -> line.contains("\"source\":\"b\""));
        assertThat(read("report.json"))
                .contains("\"rows\":4,\"kept\":2,\"rejected\":{\"duplicate\":1,\"near-duplicate\":1},\"clusters\":2")
                .contains("\"clusters_across_sources\":2");
        run(0, "dedup", a, b, "--keep", "best-source", "--out", out());
        assertThat(read("data.jsonl").lines()).hasSize(3);
    }

    @Test
    void decontaminateWritesTheFourFiles() throws IOException {
        Path train = file("train.jsonl", chat(QUESTION.toUpperCase() + "?"), chat("Name a river."));
        Path test = file("hens.jsonl", "{\"id\": \"h1\", \"passage\": \"" + QUESTION + "\", \"question\": null}");
        run(0, "decontaminate", "--train", train, "--against", test, "--fields", "passage,question", "--out", out());
        assertThat(read("clean.jsonl").lines()).singleElement().asString().contains("Name a river.");
        assertThat(read("removed.jsonl")).contains("\"task\":\"hens\",\"test_id\":\"h1\"", "\"coverage\":1.0");
        assertThat(read("contamination.tsv"))
                .isEqualTo("train\teval\titems\tmatched\tshare\ntrain\thens\t1\t1\t1.0000\n");
        assertThat(read("report.json")).contains("\"recheck\":{\"done\":true,\"rows\":1,\"overlapping\":0}");
    }

    @Test
    void decontaminateTakesPoliciesNamesAndMethods() throws IOException {
        Path train = file("train.jsonl", chat(QUESTION), chat("Name a river."));
        Path test = file("x.jsonl", "{\"question\": \"" + QUESTION + "\"}");
        String hens = "hens=" + test;
        run(0, "decontaminate", "--train", train, "--against", hens, "--policy", "drop", "--out", out());
        assertThat(read("clean.jsonl")).isEmpty();
        assertThat(read("removed.jsonl")).contains("its source repeats 100.0 % of the items of hens");
        run(0, "decontaminate", "--train", train, "--against", hens, "--policy", "drop,train=report", "--out", out());
        assertThat(read("clean.jsonl").lines()).hasSize(2);
        run(0, "decontaminate", "--train", train, "--against", hens, "arithmetic", "--method", "exact", "--out", out());
        assertThat(read("clean.jsonl").lines()).hasSize(1);
        assertThat(read("contamination.tsv")).contains("train\tarithmetic\t400\t0\t0.0000");
        run(0, "decontaminate", "--train", train, "--against", test, "--compat", "tulu3", "--out", out());
        assertThat(read("report.json")).contains("\"type\":\"release\"");
        run(0, "decontaminate", "--train", train, "--against", test, "--no-recheck", "--out", out());
        assertThat(read("report.json")).contains("\"done\":false");
    }

    @Test
    void mixWritesTheDrawnRowsAndTheOthers() throws IOException {
        Path a = file("a.jsonl", chat("one"), chat("two"), chat("three"));
        Path mix = file("mix.yaml", """
                sources:
                  - {name: few, data: '%s', weight: {type: count, rows: 1}, skill: coding}
                  - {name: all, data: '%s'}
                """.formatted(a, a));
        run(0, "mix", mix, "--out", out());
        assertThat(read("data.jsonl").lines()).hasSize(4);
        assertThat(read("rejected.jsonl").lines())
                .hasSize(2)
                .allMatch(line -> line.contains("\"reason\":\"not drawn from few\""));
        assertThat(read("report.json")).contains("\"rows\":4", "\"rows_by_skill\":{\"coding\":1,\"none\":3}");
        run(0, "dedup", out().resolve("data.jsonl"), "--out", folder.resolve("again"));
        assertThat(Files.readString(folder.resolve("again/rejected.jsonl")))
                .containsPattern("\"source\":\"(few|all)\"");
        run(0, "mix", "recipes/mixes/tulu3-sft.yaml", "--check");
        Path missing = file("missing.yaml", "sources: [{name: a, data: '%s'}]".formatted(folder.resolve("none.jsonl")));
        run(2, "mix", missing, "--out", out());
        run(2, "mix", mix);
    }

    @Test
    void rowsKeepIdSourceCheckAndToolsThroughAllFourCommands() throws IOException {
        String tools = "[{\"type\":\"function\",\"function\":{\"name\":\"clock\"}}]";
        Path raw = file(
                "raw.jsonl",
                "{\"id\": \"q1\", \"question\": \"2 + 2?\", \"answer\": \"#### 4\"}",
                "{\"id\": 12, \"messages\": [{\"role\": \"user\", \"content\": \"Time?\"}, {\"role\": \"assistant\","
                        + " \"content\": null, \"tool_calls\": [{\"name\": \"clock\", \"arguments\": {}}]}, {\"role\":"
                        + " \"tool\", \"content\": \"noon\"}, {\"role\": \"assistant\", \"content\": \"Noon.\"}],"
                        + " \"tools\": " + tools + "}",
                "{\"id\": \"q1\", \"prompt\": \"Hi\", \"chosen\": \"Hello.\", \"rejected\": \"No.\"}");
        Path test = file("test.jsonl", "{\"question\": \"What else is there to ask on such a fine day?\"}");
        Path mix = file("mix.yaml", "sources: [{name: all, data: '%s'}]".formatted(folder.resolve("3/clean.jsonl")));
        run(0, "curate", raw, "--filters", "role-order,empty-turn", "--out", folder.resolve("1"));
        run(0, "dedup", folder.resolve("1/data.jsonl"), "--out", folder.resolve("2"));
        run(
                0,
                "decontaminate",
                "--train",
                folder.resolve("2/data.jsonl"),
                "--against",
                test,
                "--out",
                folder.resolve("3"));
        run(0, "mix", mix, "--out", folder.resolve("4"));
        assertThat(folder.resolve("2/data.jsonl")).hasSameTextualContentAs(folder.resolve("1/data.jsonl"));
        assertThat(folder.resolve("3/clean.jsonl")).hasSameTextualContentAs(folder.resolve("1/data.jsonl"));
        assertThat(Files.readString(folder.resolve("3/clean.jsonl")))
                .contains(
                        "\"id\":\"q1\"",
                        "\"id\":\"12\"",
                        "\"id\":\"q1.2\"",
                        "\"ground_truth\":\"4\"",
                        "\"tool_calls\"");
        assertThat(Files.readString(folder.resolve("4/data.jsonl")))
                .contains(
                        "\"id\":\"q1\"",
                        "\"id\":\"12\"",
                        "\"id\":\"q1.2\"",
                        "\"source\":\"raw\"",
                        "\"tools\":" + tools);
        run(0, "mix", mix, "--rows", "pairs", "--out", folder.resolve("5"));
        assertThat(Files.readString(folder.resolve("5/data.jsonl"))).contains("\"rejected\":\"No.\"");
    }

    @Test
    void evaluationsMayNameTheirFieldsAndLieInFolders() throws IOException {
        Path train = file("train.jsonl", chat(QUESTION), chat("Name a river."));
        Files.createDirectory(folder.resolve("tables"));
        Files.writeString(folder.resolve("tables/a.csv"), "\"" + QUESTION + "\",1,2,A\n");
        run(
                0,
                "decontaminate",
                "--train",
                train,
                "--against",
                "hens=" + folder.resolve("tables") + "#1",
                "--out",
                out());
        assertThat(read("contamination.tsv")).contains("train\thens\t1\t1\t1.0000");
        assertThat(read("removed.jsonl")).contains("\"test_id\":\"a row 1\"");
    }

    @Test
    void stagesOfARecipeDoTheSame() throws IOException {
        Path recipe = file("recipe.yaml", """
                name: data
                stages:
                  - type: curate
                    out: pool
                    sources: [{type: arithmetic, problems: 200, leaked_tests: 6}, {type: chat, chats: 50}]
                    duplicates: {near: 0.9, keep: {type: longest}}
                  - type: decontaminate
                    out: clean
                    data: pool
                    against: [arithmetic]
                    files: [{name: table, data: '%s', fields: ['2']}]
                    method: {type: ngram, n: 8, token_match: 0.6}
                    policies: {sources: {chats: drop}}
                  - type: mix
                    out: mix
                    sample: 0.5
                    sources:
                      - {name: some, data: clean, weight: {type: count, rows: 30}, skill: mathematics}
                      - {name: more, data: clean, rows_of: [arithmetic], weight: {type: share, of: 0.4}, skill: chat}
                """.formatted(
                        file("table.csv", "1,Something else that no generated problem would ever say\n")));
        run(0, "run", recipe, "--out", out());
        assertThat(Files.exists(out().resolve("01-pool/clusters.jsonl"))).isTrue();
        assertThat(read("02-clean/removed.jsonl").lines()).hasSizeGreaterThanOrEqualTo(6);
        assertThat(read("02-clean/report.json")).contains("\"done\":true");
        assertThat(read("02-clean/contamination.tsv")).contains("arithmetic\ttable\t1\t0");
        assertThat(read("03-mix/data.jsonl").lines()).hasSize(25); // half of 30 / 0.6 = 50
        assertThat(read("03-mix/report.json")).contains("\"rows_by_skill\":{\"chat\":10,\"mathematics\":15}");
        assertThat(read("03-mix/data.jsonl").lines().filter(row -> row.contains("\"source\":\"chats\"")))
                .hasSizeLessThanOrEqualTo(15);
        assertThat(read("03-mix/manifest.json")).contains("not drawn from some");
    }

    @Test
    void reportOfEarlierResultsGoesBeforeTheyAreReplaced() throws IOException {
        Path rows = file("rows.jsonl", chat("Name a river."));
        Path bad = file("bad.jsonl", chat("Name a lake."), "{");
        run(0, "decontaminate", "--train", rows, "--against", "arithmetic", "--out", out());
        assertThat(out().resolve("report.json")).exists();
        run(3, "decontaminate", "--train", bad, "--against", "arithmetic", "--out", out());
        assertThat(out().resolve("report.json")).doesNotExist();
        assertThat(read("clean.jsonl")).contains("Name a river.");
    }

    @Test
    void sourcesAreNotWrittenOver() throws IOException {
        Path data = file("data.jsonl", chat("Name a river."));
        Path clean = file("clean.jsonl", chat("Name a lake."));
        Path mix = file("mix.yaml", "sources: [{name: all, data: '%s'}]".formatted(data));
        for (Object[] call : new Object[][] {
            {"mix", mix, "--out", folder},
            {"dedup", data, "--out", folder},
            {"dedup", folder, "--out", folder},
            {"curate", data, "--out", folder},
            {"decontaminate", "--train", clean, "--against", "arithmetic", "--out", folder}
        }) {
            assertThat(run(2, call)).contains("would write over the source");
        }
        assertThat(data).hasContent(chat("Name a river."));
        run(0, "decontaminate", "--train", data, "--against", "arithmetic", "--out", folder);
        assertThat(clean).content().contains("Name a river.");
    }

    @Test
    void mistakesAreToldInOneLine() throws IOException {
        Path train = file("train.jsonl", chat(QUESTION));
        run(2, "decontaminate", "--train", train, "--out", out());
        run(2, "decontaminate", "--train", train, "--against", "nothing", "--out", out());
        run(2, "decontaminate", "--train", train, "--against", train, "--token-match", "1", "--out", out());
        run(2, "decontaminate", "--train", train, "--against", train, "--policy", "other=drop", "--out", out());
        run(2, "dedup", train, "--near", "2", "--out", out());
        run(2, "dedup", folder.resolve("missing.jsonl"), "--out", out());
        Path bad = file("bad.jsonl", chat(QUESTION), "{");
        run(3, "dedup", bad, "--out", out());
        run(3, "decontaminate", "--train", train, "--against", bad, "--out", out());
        assertThat(run(3, "dedup", train, "--out", bad)).contains("it is a file; name a folder");
    }

    private static String chat(String question) {
        return "{\"messages\": [{\"role\": \"user\", \"content\": \"" + question
                + "\"}, {\"role\": \"assistant\", \"content\": \"Well.\"}]}";
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines));
    }

    private Path out() {
        return folder.resolve("out");
    }

    private String read(String name) throws IOException {
        return Files.readString(out().resolve(name));
    }

    /// @return what was said on standard error
    private static String run(int status, Object... command) {
        List<String> words = new ArrayList<>();
        for (Object word : command) {
            words.add(word.toString());
        }
        var told = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(words.toArray(String[]::new)))
                    .as("%s", told.toString(StandardCharsets.UTF_8))
                    .isEqualTo(status);
            return told.toString(StandardCharsets.UTF_8);
        } finally {
            System.setErr(before);
        }
    }
}
