package dev.caravan.recipe;

import dev.caravan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/// Writes a run folder of all kinds of stages with invented numbers, for tests of what reads run folders. The same
/// seed writes the same bytes.
final class SyntheticRun {
    private static final List<String> NAMES = List.of("Tom", "Zoe", "Ada", "Ben", "Mia");
    private static final List<String> THINGS = List.of("cards", "apples", "stamps", "books", "shells");

    private final Path folder;
    private final SplittableRandom random;
    /// Passes over every text of a row: a test puts hostile text in by it.
    private final UnaryOperator<String> text;

    private SyntheticRun(Path folder, long seed, UnaryOperator<String> text) {
        this.folder = folder;
        this.random = new SplittableRandom(seed);
        this.text = text;
    }

    static Path write(Path folder, long seed) throws IOException {
        return write(folder, seed, UnaryOperator.identity());
    }

    static Path write(Path folder, long seed, UnaryOperator<String> text) throws IOException {
        var run = new SyntheticRun(folder, seed, text);
        run.curate();
        run.decontaminate();
        run.sft();
        run.preferences();
        run.dpo();
        run.rlvr();
        run.evaluate();
        run.metrics();
        return folder;
    }

    private void curate() throws IOException {
        stage(
                1,
                "curate",
                11.2,
                Map.of("filters", List.of("empty", "repetition"), "near", 0.8),
                counts(7000, 6402, "duplicate", 401, "near-duplicate", 95, "empty answer", 60, "repetition", 42));
        var rows = new ArrayList<Object>();
        for (int i = 0; i < 598; i++) {
            rows.add(row(
                    "id",
                    "pool-" + i,
                    "filter",
                    i % 3 == 0 ? "duplicate" : "repetition",
                    "reason",
                    text.apply("same text as pool-" + (i + 7)),
                    "row",
                    row("messages", conversation())));
        }
        lines("01-curate/rejected.jsonl", rows);
    }

    private void decontaminate() throws IOException {
        stage(2, "decontaminate", 0.9, Map.of("n", 8, "policy", "remove"), counts(6402, 6352, "meets a test item", 50));
        Files.writeString(
                folder.resolve("02-decontaminate/contamination.tsv"),
                "train\teval\titems\tmatched\tshare\npool\t" + text.apply("arithmetic")
                        + "\t400\t31\t0.0775\npool\tgsm8k\t1319\t0\t0\n");
        lines(
                "02-decontaminate/removed.jsonl",
                List.of(row(
                        "id",
                        "pool-12",
                        "test_id",
                        "arithmetic-3",
                        "coverage",
                        0.82,
                        "spans",
                        List.of(List.of(0, 12)),
                        "row",
                        row("messages", conversation()))));
    }

    private void sft() throws IOException {
        stage(
                3,
                "sft",
                96.4,
                Map.of("learning_rate", 5e-4, "epochs", 3, "batch_tokens", 4096, "reduction", "sum"),
                counts(6352, 6352));
        var rows = new ArrayList<Object>();
        for (int i = 0; i < 20; i++) {
            rows.add(row("id", "pool-" + i, "tokens", tokens()));
        }
        lines("03-sft/tokens.jsonl", rows);
    }

    private void preferences() throws IOException {
        stage(
                4,
                "preferences",
                21.0,
                Map.of("samples", 4, "temperature", 1.0),
                counts(1500, 871, "all right", 402, "all wrong", 227));
        var rows = new ArrayList<Object>();
        for (int i = 0; i < 120; i++) {
            rows.add(row(
                    "id",
                    "pair-" + i,
                    "source",
                    "arithmetic",
                    "prompt",
                    List.of(row("role", "user", "content", problem())),
                    "chosen",
                    solution(42),
                    "rejected",
                    solution(32),
                    "because",
                    text.apply("the verifier found 42 and 32; 42 is right")));
        }
        lines("04-preferences/pairs.jsonl", rows);
    }

    private void dpo() throws IOException {
        stage(5, "dpo", 40.5, Map.of("beta", 0.1, "learning_rate", 5e-5), counts(871, 871));
    }

    private void rlvr() throws IOException {
        stage(
                6,
                "rlvr",
                131.0,
                Map.of("advantage", Map.of("type", "gae", "lambda", 0.95), "beta", 0.05),
                counts(10240, 10240));
        var rows = new ArrayList<Object>();
        for (int step = 1; step <= 40; step++) {
            for (int prompt = 0; prompt < 16; prompt++) {
                String asked = problem();
                for (int sample = 0; sample < 4; sample++) {
                    boolean right = random.nextDouble() < 0.4 + 0.01 * step;
                    rows.add(row(
                            "step",
                            step,
                            "id",
                            "arithmetic-" + prompt,
                            "prompt",
                            asked,
                            "completion",
                            solution(right ? 42 : 32),
                            "verdict",
                            right ? "correct" : "wrong",
                            "reward",
                            right ? 10 : 0,
                            "because",
                            text.apply(right ? "42 is the expected answer" : "found 32, expected 42"),
                            "logprob_difference",
                            3.1e-6));
                }
            }
        }
        lines("06-rlvr/rollouts.jsonl", rows);
    }

    private void evaluate() throws IOException {
        stage(7, "evaluate", 14.8, Map.of("tasks", List.of("arithmetic", "chat")), counts(400, 400));
        var scores = new ArrayList<Object>();
        double[] share = {0.02, 0.58, 0.63, 0.77};
        List<String> models = List.of("base", "sft", "dpo", "rlvr");
        for (String task : List.of("arithmetic", "chat")) {
            for (int model = 0; model < models.size(); model++) {
                double score = task.equals("chat") ? 0.3 + share[model] / 2 : share[model] + 0.01 * random.nextDouble();
                scores.add(row(
                        "model",
                        models.get(model),
                        "task",
                        task,
                        "version",
                        "1",
                        "metric",
                        "greedy accuracy",
                        "score",
                        score,
                        "ci95",
                        List.of(Math.max(0, score - 0.045), score + 0.045),
                        "n",
                        400,
                        "unverifiable",
                        model == 0 ? 3 : 0));
                lines("07-evaluate/" + models.get(model) + "." + task + ".jsonl", answers(task, share[model]));
            }
        }
        Files.writeString(folder.resolve("07-evaluate/scores.json"), Json.write(scores));
    }

    private List<Object> answers(String task, double share) {
        var rows = new ArrayList<Object>();
        for (int i = 0; i < 400; i++) {
            boolean right = random.nextDouble() < share;
            rows.add(row(
                    "id",
                    task + "-" + i,
                    "prompt",
                    problem(),
                    "completion",
                    solution(right ? 42 : 32),
                    "extracted",
                    right ? "42" : "32",
                    "verdict",
                    i % 97 == 96 ? "unverifiable" : right ? "correct" : "wrong",
                    "score",
                    right ? 1 : 0,
                    "because",
                    text.apply(right ? "equal" : "32 is not 42"),
                    "expected",
                    "42"));
        }
        return rows;
    }

    private void metrics() throws IOException {
        var rows = new ArrayList<Object>();
        for (int step = 1; step <= 900; step++) {
            rows.add(row(
                    "stage",
                    "03-sft",
                    "step",
                    step,
                    "loss",
                    0.35 + 5.2 * Math.exp(-step / 90.0) + 0.08 * noise(),
                    "learning_rate",
                    5e-4 * Math.min(1, step / 30.0) * (1 - step / 901.0),
                    "gradient_norm",
                    0.8 + 0.3 * Math.abs(noise()),
                    "tokens_per_second",
                    15800 + 400 * noise()));
        }
        for (int step = 1; step <= 108; step++) {
            double margin = 2.2 * (1 - Math.exp(-step / 40.0));
            rows.add(row(
                    "stage",
                    "05-dpo",
                    "step",
                    step,
                    "loss",
                    0.6931 / (1 + margin) + 0.03 * noise(),
                    "accuracy",
                    0.5 + 0.2 * margin + 0.04 * noise(),
                    "margin",
                    margin + 0.1 * noise(),
                    "learning_rate",
                    5e-5 * (1 - step / 109.0)));
        }
        for (int step = 1; step <= 40; step++) {
            rows.add(row(
                    "stage",
                    "06-rlvr",
                    "step",
                    step,
                    "reward",
                    3.8 + 0.1 * step + 0.4 * noise(),
                    "kl",
                    0.002 * step + 0.004 * Math.abs(noise()),
                    "value_loss",
                    step == 7 ? "NaN" : 9 / (1 + 0.2 * step),
                    "entropy",
                    0.6 - 0.006 * step + 0.01 * noise(),
                    "largest_logprob_difference",
                    4e-6 + 1e-6 * noise()));
        }
        for (int step = 1; step <= 4; step++) {
            rows.add(row("stage", "01-curate", "step", step, "rows_per_second", 20000 + 900 * noise()));
        }
        lines("metrics.jsonl", rows);
    }

    private double noise() {
        return random.nextDouble() + random.nextDouble() - 1;
    }

    private List<Object> conversation() {
        return List.of(row("role", "user", "content", problem()), row("role", "assistant", "content", solution(42)));
    }

    private String problem() {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        String thing = THINGS.get(random.nextInt(THINGS.size()));
        return text.apply("%s has %d %s. %s gets %d more and gives 4 to a friend. How many %s has %s now?"
                .formatted(name, random.nextInt(10, 60), thing, name, random.nextInt(5, 40), thing, name));
    }

    private String solution(int answer) {
        return text.apply("First add: 27 + 19 = " + (answer + 4) + ".\nThen take away 4: " + (answer + 4) + " - 4 = "
                + answer + ".\n#### " + answer);
    }

    private List<Object> tokens() {
        var tokens = new ArrayList<Object>();
        piece(tokens, "<|user|>\n", "template", 0);
        piece(tokens, problem(), "user", 0);
        piece(tokens, "\n<|assistant|>\n", "template", 0);
        piece(tokens, solution(42), "assistant", 1);
        piece(tokens, "<|end|>", "assistant", 1);
        piece(tokens, "\n", "template", 0);
        return tokens;
    }

    private void piece(List<Object> tokens, String text, String owner, int weight) {
        for (String token : text.split("(?= )|(?<=\n)|(?<=\\d)")) {
            tokens.add(row(
                    "id",
                    3 + Math.floorMod(token.hashCode(), 400),
                    "text",
                    token,
                    "owner",
                    owner,
                    "loss_weight",
                    weight));
        }
    }

    private void stage(
            int number, String name, double seconds, Map<String, Object> settings, Map<String, Object> counts)
            throws IOException {
        String folderName = "%02d-%s".formatted(number, name);
        Files.createDirectories(folder.resolve(folderName));
        String hash = "%016x".formatted(random.nextLong()).repeat(4);
        var sorted = new java.util.TreeMap<>(settings);
        Files.writeString(
                folder.resolve(folderName + "/manifest.json"),
                Json.write(row(
                        "stage",
                        name,
                        "type",
                        name,
                        "fingerprint",
                        hash,
                        "settings",
                        sorted,
                        "inputs",
                        List.of(row("key", "from", "reference", "stage-before", "hash", hash)),
                        "outputs",
                        List.of(row("file", "data.jsonl", "bytes", 4096, "sha256", hash)),
                        "counts",
                        counts,
                        "seed",
                        17,
                        "versions",
                        row("caravan", "0.1.0", "libtorch", "2.10.0"),
                        "host",
                        row("processors", 2, "threads", 2),
                        "seconds",
                        seconds)));
    }

    private static Map<String, Object> counts(int in, int out, Object... rejected) {
        return row("in", in, "out", out, "rejected", row(rejected));
    }

    private void lines(String file, List<Object> rows) throws IOException {
        Files.writeString(
                folder.resolve(file),
                String.join("\n", rows.stream().map(Json::write).toList()) + "\n");
    }

    private static Map<String, Object> row(Object... keysAndValues) {
        var row = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            row.put(keysAndValues[i].toString(), keysAndValues[i + 1]);
        }
        return row;
    }
}
