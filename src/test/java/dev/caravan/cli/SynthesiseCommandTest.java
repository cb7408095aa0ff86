package dev.caravan.cli;

import static dev.caravan.cli.EndToEndCall.caravan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.generate.EndpointServer;
import dev.caravan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SynthesiseCommandTest {
    private static final Pattern PERSONA = Pattern.compile("Person: (.*)");
    private static final Pattern LISTED = Pattern.compile("(?m)^- (.*)$");

    @TempDir
    private Path folder;

    /// Writes a problem for every persona, and answers by its seed: 7 two times of three, else 8 or nothing.
    private static String mathematician(EndpointServer.Call call) {
        Matcher persona = PERSONA.matcher(call.asked());
        if (persona.find()) {
            return persona.group(1).length() % 5 == 0
                    ? "Here is a problem: ..."
                    : "**Math problem:** " + persona.group(1) + " has 3 apples and 4 pears. How many is that?";
        }
        return switch ((int) (call.body().path("seed").asLong() % 6)) {
            case 0, 1, 2, 3 -> "3 + 4 = 7\n#### 7";
            case 4 -> "3 + 5 = 8\n#### 8";
            default -> "I do not know";
        };
    }

    @Test
    void rowsInAreRowsOutAndRejectedOnesAndASecondRunAsksNothing() throws IOException {
        try (var server = new EndpointServer(SynthesiseCommandTest::mathematician)) {
            Path out = folder.resolve("out");
            EndToEndCall call = synthesise(server, out, "grade-school-maths", "--rows", 60, "--votes", 3);
            assertThat(call.status()).as(call.err()).isEqualTo(0);
            JsonNode report = Json.tree(call.out());
            assertThat(report.path("in").asInt()).isEqualTo(60);
            List<JsonNode> data = rows(out.resolve("data.jsonl"));
            List<JsonNode> rejected = rows(out.resolve("rejected.jsonl"));
            assertThat(data).hasSize(report.path("out").asInt()).hasSizeGreaterThan(20);
            assertThat(data.size() + rejected.size()).isEqualTo(60);
            assertThat(rejected.stream().map(row -> row.path("filter").asString()))
                    .contains("no-tag")
                    .isSubsetOf("no-tag", "no-majority", "no-final-answer");
            assertThat(data.getFirst().path("messages").path(0).path("content").asString())
                    .endsWith("has 3 apples and 4 pears. How many is that?")
                    .doesNotContain("Math problem");
            assertThat(rows(out.resolve("prompts.jsonl"))
                            .getFirst()
                            .path("check")
                            .path("verifier")
                            .asString())
                    .isEqualTo("gsm8k");

            int calls = server.calls().size();
            String bytes = Files.readString(out.resolve("data.jsonl"));
            assertThat(synthesise(server, out, "grade-school-maths", "--rows", 60, "--votes", 3)
                            .status())
                    .isEqualTo(0);
            assertThat(server.calls()).hasSize(calls + 1); // the list of models
            assertThat(out.resolve("data.jsonl")).hasContent(bytes);
        }
    }

    @Test
    void idsAndTextsDoNotDependOnHowManyRowsThereAre() throws IOException {
        try (var server = new EndpointServer(SynthesiseCommandTest::mathematician)) {
            synthesise(server, folder.resolve("few"), "grade-school-maths", "--rows", 10);
            synthesise(server, folder.resolve("many"), "grade-school-maths", "--rows", 30);
            List<JsonNode> few = rows(folder.resolve("few/data.jsonl"));
            assertThat(rows(folder.resolve("many/data.jsonl")).subList(0, few.size()))
                    .isEqualTo(few);
        }
    }

    @Test
    void budgetThatIsSpentEndsAsInterruptedAndALargerOneGoesOn() throws IOException {
        try (var server = new EndpointServer(SynthesiseCommandTest::mathematician)) {
            Path out = folder.resolve("out");
            Object[] small = {
                "--rows",
                20,
                "--budget-tokens",
                300, // all rows need 570
                "--max-tokens",
                50
            };
            EndToEndCall stopped = synthesise(server, out, "grade-school-maths", small);
            assertThat(stopped.status()).as(stopped.err()).isEqualTo(130);
            assertThat(stopped.mistake()).contains("the budget is spent");
            assertThat(out.resolve("data.jsonl")).doesNotExist();
            Object[] large = {"--rows", 20, "--budget-tokens", 1_000_000, "--max-tokens", 50};
            assertThat(synthesise(server, out, "grade-school-maths", large).status())
                    .isEqualTo(0);
            long asked = server.calls().stream()
                    .filter(call -> call.path().endsWith("/completions"))
                    .count();
            assertThat(asked).isEqualTo(rows(out.resolve("answers.jsonl")).size());
        }
    }

    /// Writes requests with all that is demanded, drops what has to go, and answers with seven words.
    private static String instructor(EndpointServer.Call call) {
        String asked = call.asked();
        if (asked.contains("The demand that has to go:")) return "User instruction: Write something about the sea.";
        Matcher listed = LISTED.matcher(asked);
        var demands = new StringBuilder();
        while (listed.find()) demands.append(' ').append(listed.group(1));
        if (!demands.isEmpty())
            return "User instruction: Tell me about "
                    + PERSONA.matcher(asked)
                            .results()
                            .findFirst()
                            .map(match -> match.group(1))
                            .orElse("") + "." + demands;
        return asked.contains("lowercase") ? "the sea is wide" : "Nothing of the kind, I am afraid to say.";
    }

    @Test
    void expectedOfInstructionsComesFromTheTableThatWroteThem() throws IOException {
        try (var server = new EndpointServer(SynthesiseCommandTest::instructor)) {
            Path out = folder.resolve("out");
            EndToEndCall call = synthesise(server, out, "instructions", "--rows", 80, "--relax");
            assertThat(call.status()).as(call.err()).isEqualTo(0);
            List<JsonNode> prompts = rows(out.resolve("prompts.jsonl"));
            assertThat(prompts).isNotEmpty().allSatisfy(prompt -> {
                JsonNode expected =
                        Json.tree(prompt.path("check").path("expected").asString());
                assertThat(prompt.path("check").path("verifier").asString()).isEqualTo("ifeval");
                assertThat(expected.path("instruction_id_list").size()).isBetween(1, 3);
            });
            assertThat(rows(out.resolve("rejected.jsonl")).stream()
                            .map(row -> row.path("filter").asString()))
                    .contains("constraints-missed");
            JsonNode report = Json.tree(call.out());
            assertThat(rows(out.resolve("pairs.jsonl")))
                    .hasSize(report.path("pairs").asInt());
        }
    }

    @Test
    void unverifiedAnswersMakePairs() throws IOException {
        try (var server = new EndpointServer(SynthesiseCommandTest::instructor)) {
            Path out = folder.resolve("out");
            synthesise(server, out, "instructions", "--rows", 30, "--relax", "--unverified");
            assertThat(rows(out.resolve("pairs.jsonl")))
                    .isNotEmpty()
                    .allSatisfy(pair -> assertThat(pair.path("because").asString())
                            .startsWith("rejected answers the prompt without '"));
        }
    }

    @Test
    void promptFileOfTheUsersOwnTakesThePlaceOfOurs() throws IOException {
        Path prompts = Files.createDirectory(folder.resolve("prompts"));
        Files.writeString(prompts.resolve("hard-maths.txt"), "Something for Person: {persona}");
        try (var server = new EndpointServer(SynthesiseCommandTest::mathematician)) {
            synthesise(server, folder.resolve("out"), "hard-maths", "--rows", 2, "--prompts", prompts);
            assertThat(server.calls().get(1).asked()).startsWith("Something for Person: A ");
        }
        Files.writeString(prompts.resolve("hard-maths.txt"), "No placeholder");
        EndToEndCall call = caravan(
                "synthesise",
                "hard-maths",
                "--endpoint",
                "http://127.0.0.1:9/v1",
                "--endpoint-model",
                "m",
                "--prompts",
                prompts,
                "--out",
                folder.resolve("other"));
        assertThat(call.status()).isEqualTo(2);
        assertThat(call.mistake()).contains("hard-maths.txt lacks {persona}");
    }

    @Test
    void personaWithoutTextIsNamedByItsLine() throws IOException {
        Path personas = Files.writeString(folder.resolve("personas.jsonl"), "{\"persona\": \"A cook\"}\n{\"x\": 1}\n");
        EndToEndCall call = caravan(
                "synthesise",
                "python",
                "--endpoint",
                "http://127.0.0.1:9/v1",
                "--endpoint-model",
                "m",
                "--personas",
                personas,
                "--out",
                folder.resolve("out"));
        assertThat(call.status()).isEqualTo(3);
        assertThat(call.mistake()).contains("personas.jsonl:2");
    }

    @Test
    void unknownKindListsTheKinds() {
        EndToEndCall call = caravan("synthesise", "maths", "--model", "m", "--out", folder.resolve("out"));
        assertThat(call.status()).isEqualTo(2);
        assertThat(call.mistake()).contains("[hard-maths, grade-school-maths, algebra, python, instructions]");
    }

    private static EndToEndCall synthesise(EndpointServer server, Path out, String kind, Object... more) {
        Object[] fixed = {"synthesise", kind, "--endpoint", server.url(), "--out", out};
        var all = new java.util.ArrayList<>(List.of(fixed));
        all.addAll(List.of(more));
        return caravan(all.toArray());
    }

    private static List<JsonNode> rows(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(Json::tree).toList();
    }
}
