package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.KillableRun.Moment;
import dev.caravan.generate.EndpointServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Data commands and data stages that were killed, however often and wherever, end with the rows of those that were
/// not: none is lost, none comes twice, none is paid for twice. Each run is a process of its own.
class KillDataTest {
    private static final int ROWS = 20_000;
    private static final int ROUNDS = 2;
    private static final int KILLS = 4;

    /// In every data stage: while its folder is a draft, and when it has just been published.
    private static final List<String> MOMENTS = List.of(
            "\\.01-pool\\.draft",
            "\\.01-pool\\.draft/prompts\\.jsonl",
            "\\.01-pool\\.draft/manifest\\.json",
            "01-pool",
            "\\.02-clean\\.draft/\\.removed\\.jsonl.*",
            "\\.02-clean\\.draft/prompts\\.jsonl",
            "02-clean",
            "\\.03-mix\\.draft/data\\.jsonl",
            "03-mix",
            "\\.04-problems\\.draft/\\..*",
            "\\.04-problems\\.draft/data\\.jsonl",
            "04-problems");

    private static final String RECIPE = """
            name: data
            stages:
              - {type: curate, out: pool, data: '%1$s', filters: [{type: empty-turn}], duplicates: {near: 0.9}}
              - {type: decontaminate, out: clean, data: pool, files: [{name: items, data: '%2$s/items.jsonl'}]}
              - type: mix
                out: mix
                sources: [{name: twice, data: clean, weight: {type: fraction, of: 1.5}}]
              - {type: synthesise, out: problems, kind: python, rows: 40, endpoint: {url: '%3$s', concurrency: 4}}
            """;

    @TempDir
    private static Path files;

    @TempDir
    private Path folder;

    @BeforeAll
    static void writeRows() throws IOException {
        writeRows("many.jsonl", ROWS);
        writeRows("few.jsonl", ROWS / 10);
        Files.write(
                files.resolve("items.jsonl"),
                IntStream.range(0, 50)
                        .mapToObj(i -> "{\"id\": \"t%d\", \"question\": \"%s\"}".formatted(i, question(37 * i)))
                        .toList());
    }

    private static void writeRows(String name, int count) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        Files.write(
                files.resolve(name),
                IntStream.range(0, count).mapToObj(i -> row(i, random)).toList());
    }

    private static String row(int number, RandomGenerator random) {
        int asked = random.nextInt(20) == 0 ? random.nextInt(number + 1) : number;
        String answer = random.nextInt(50) == 0 ? " " : "It is number " + asked + ".";
        return "{\"id\": \"r%d\", \"prompt\": \"%s\", \"completion\": \"%s\"}"
                .formatted(number, question(asked), answer);
    }

    private static String question(int number) {
        return "Which of the %d hens that we keep at house %d in %d Mill Lane lays an egg on day %d?"
                .formatted(number % 97, number, number % 89, number % 83);
    }

    /// Takes its time, and writes questions and functions.
    private static String programmer(EndpointServer.Call call) {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String seed = call.body().path("seed").toString();
        return call.asked().contains("asks a programming question")
                ? "Question: Write a python function to add, number " + seed
                : "def add(a, b):\n    return a + b + " + seed;
    }

    private static long asked(EndpointServer server) {
        return server.calls().stream()
                .filter(call -> call.path().endsWith("/completions"))
                .count();
    }

    private KillableRun run(String name, Object... words) {
        return new KillableRun(
                folder.resolve(name), Arrays.stream(words).map(Object::toString).toList());
    }

    private KillableRun recipe(String name, EndpointServer server, String rows) throws IOException {
        Path recipe = Files.writeString(
                folder.resolve("data.yaml"), RECIPE.formatted(files.resolve(rows), files, server.url()));
        return run(name, "run", recipe);
    }

    /// Its report tells what an attempt took, and so differs.
    private static Map<String, String> rows(KillableRun run) {
        var hashes = new TreeMap<>(run.hashes());
        hashes.remove("problems/report.json");
        return hashes;
    }

    @Test
    void killedDataStagesLeaveTheSameRowsAndAskForNothingThatWasAnswered() throws IOException {
        try (var server = new EndpointServer(KillDataTest::programmer)) {
            KillableRun whole = recipe("whole", server, "few.jsonl");
            whole.toEndInThisProcess();
            long questions = asked(server);
            KillableRun killed = recipe("killed", server, "few.jsonl");
            assertThat(killed.killedAt(new Moment.At("\\.02-clean\\.draft/.*"))).isTrue();
            assertThat(killed.killedAt(new Moment.Lines("answers.jsonl", 30))).isTrue();
            long before = asked(server);
            long answered = killed.wholeLines("answers.jsonl");
            killed.toEnd();
            assertThat(asked(server) - before).isEqualTo(questions - answered);
            assertThat(rows(killed)).isEqualTo(rows(whole)).containsKey("mix/data.jsonl");
        }
    }

    @Test
    @Tag("proof")
    void aKillAtEveryPlaceWhereDataStagesChangeFilesLeavesTheSameRows() throws IOException {
        try (var server = new EndpointServer(KillDataTest::programmer)) {
            KillableRun whole = recipe("whole", server, "many.jsonl");
            whole.toEnd();
            KillableRun killed = recipe("killed", server, "many.jsonl");
            long kills = MOMENTS.stream()
                    .filter(moment -> killed.killedAt(new Moment.At(moment)))
                    .count();
            assertThat(kills).as("kills that struck").isGreaterThanOrEqualTo(MOMENTS.size() - 4);
            killed.toEnd();
            assertThat(rows(killed)).isEqualTo(rows(whole));
        }
    }

    @Test
    @Tag("proof")
    void dataCommandsKilledAtRandomTimesShowWholeFilesOnlyAndEndWithTheSame() throws IOException {
        Path rows = files.resolve("many.jsonl");
        Path mix = Files.writeString(
                folder.resolve("mix.yaml"),
                "sources: [{name: some, data: '%s', weight: {type: fraction, of: 1.5}}]".formatted(rows));
        var commands = new LinkedHashMap<String, List<Object>>();
        commands.put("curate", List.of("curate", rows, "--filters", "empty-turn,role-order"));
        commands.put("dedup", List.of("dedup", rows, "--near", 0.8));
        commands.put(
                "decontaminate", List.of("decontaminate", "--train", rows, "--against", files.resolve("items.jsonl")));
        commands.put("mix", List.of("mix", mix));
        commands.forEach((name, words) -> {
            KillableRun whole = run(name + "-whole", words.toArray());
            long started = System.nanoTime();
            whole.toEnd();
            long millis = (System.nanoTime() - started) / 1_000_000;
            int kills = 0;
            for (int round = 0; round < ROUNDS; round++) {
                KillableRun killed = run(name + "-" + round, words.toArray());
                for (int attempt = 0; attempt < KILLS; attempt++) {
                    if (killed.killedAt(moment(name + round + attempt, millis))) kills++;
                    assertThat(whole.visible().entrySet())
                            .containsAll(killed.visible().entrySet());
                }
                killed.toEnd();
                assertSameRows(killed, whole);
            }
            assertThat(kills).as("kills of " + name).isGreaterThan(ROUNDS * KILLS / 3);
        });
    }

    /// After the first third of what a run takes, and for some a little after its end.
    private static Moment moment(String key, long millis) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(key.hashCode());
        return new Moment.After(Duration.ofMillis(random.nextLong(millis / 3, millis + millis / 10)));
    }

    @Test
    @Tag("proof")
    void synthesisKilledAgainAndAgainAsksForNothingThatWasAnswered() throws IOException {
        try (var server = new EndpointServer(KillDataTest::programmer)) {
            Object[] words = {"synthesise", "python", "--endpoint", server.url(), "--rows", 200, "--concurrency", 4};
            KillableRun whole = run("whole", words);
            whole.toEnd();
            long questions = asked(server);
            KillableRun killed = run("killed", words);
            long repeated = 0;
            for (int lines : new int[] {1, 13, 50, 51, 120, 199, 200, 201, 260, 330}) {
                long before = asked(server);
                long answered = killed.wholeLines("answers.jsonl");
                killed.killedAt(new Moment.Lines("answers.jsonl", lines));
                long inFlight = asked(server) - before - (killed.wholeLines("answers.jsonl") - answered);
                assertThat(inFlight).isBetween(0L, 4L);
                repeated += inFlight;
            }
            killed.toEnd();
            assertThat(asked(server)).isEqualTo(2 * questions + repeated);
            assertThat(killed.wholeLines("answers.jsonl")).isEqualTo(questions);
            assertSameRows(killed, whole);
        }
    }

    private static void assertSameRows(KillableRun killed, KillableRun whole) {
        Stream.of(killed, whole).forEach(run -> assertThat(run.leftOver()).isEmpty());
        var expected = new TreeMap<>(whole.visible());
        var actual = new TreeMap<>(killed.visible());
        Stream.of(expected, actual).forEach(hashes -> {
            if (hashes.remove("answers.jsonl") != null) hashes.remove("report.json"); // as the answers came
        });
        assertThat(actual)
                .isEqualTo(expected)
                .containsKey(expected.containsKey("clean.jsonl") ? "clean.jsonl" : "data.jsonl");
    }
}
