package dev.caravan.eval;

import dev.caravan.data.FinishReason;
import dev.caravan.generate.Answer;
import dev.caravan.generate.Likelihood;
import dev.caravan.io.Appender;
import dev.caravan.io.Json;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Store;
import dev.caravan.verify.Judgement;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A task's file of items. While the model answers, a line a finished item is added, without verdicts, in the
/// order of finishing; at the end the file is replaced by one in the task's order, with verdicts. What it holds
/// of an earlier, perhaps killed, run is used again where item, model and sampling are the same.
public final class AnswerFile implements AutoCloseable {
    private final Store store;
    private final Path file;
    private final Map<String, Response> known = new HashMap<>();
    private Optional<Appender> appender = Optional.empty();

    private AnswerFile(Store store, Path file) {
        this.store = store;
        this.file = file;
    }

    public static AnswerFile open(Store store, Path file) {
        var answers = new AnswerFile(store, file);
        for (JsonNode row : JsonLines.finishedRows(file, JsonNode.class)) {
            String key = row.path("key").asString("");
            if (!key.isEmpty()) response(row).ifPresent(response -> answers.known.put(key, response));
        }
        return answers;
    }

    Optional<Response> known(String key) {
        return Optional.ofNullable(known.get(key));
    }

    /// Adds what a model gave for an item; other processes see it at once.
    void add(EvalItem item, String key, Response response) {
        if (appender.isEmpty()) appender = Optional.of(store.appender(file));
        appender.get().add(row(item, key, response, List.of()));
        appender.get().flush();
    }

    /// Replaces the file by the judged items.
    void finish(List<ItemResult> results) {
        close();
        JsonLines.write(store, file, results.stream().map(AnswerFile::line));
    }

    @Override
    public void close() {
        appender.ifPresent(Appender::close);
        appender = Optional.empty();
    }

    /// A judged item as a line of the file.
    public static ObjectNode line(ItemResult result) {
        ObjectNode row = row(result.item(), result.key(), result.response(), result.judgements());
        row.put("verdict", result.verdict());
        if (result.isJudged()) row.put("score", result.score());
        return row.put("because", result.because());
    }

    private static ObjectNode row(EvalItem item, String key, Response response, List<Judgement> judgements) {
        ObjectNode row = Json.mapper().createObjectNode().put("id", item.id());
        if (!item.group().isEmpty()) row.put("group", item.group());
        row.put("item", item.hash()).put("key", key);
        row.set("prompt", Json.mapper().valueToTree(item.prompt().shown()));
        switch (response) {
            case Response.Written written -> putWritten(row, written, judgements);
            case Response.Weighed weighed -> putWeighed(row, (Target.Choices) item.target(), weighed);
            case Response.Missing(var because) -> put(row, new Answer.Failed(because));
        }
        switch (item.target()) {
            case Target.Checked checked -> row.put("expected", checked.check().expected());
            case Target.Compared compared -> row.put("baseline", compared.baseline());
            case Target.Choices _ -> {}
        }
        return row;
    }

    private static void putWritten(ObjectNode row, Response.Written written, List<Judgement> judgements) {
        boolean one = written.answers().size() == 1;
        ArrayNode all = Json.mapper().createArrayNode();
        for (int i = 0; i < written.answers().size(); i++) {
            ObjectNode each = one ? row : all.addObject();
            put(each, written.answers().get(i));
            if (i < judgements.size()) put(each, judgements.get(i), !one);
        }
        if (!one) row.set("completions", all);
    }

    /// An answer that failed has no completion, and so is asked for again.
    private static void put(ObjectNode row, Answer answer) {
        switch (answer) {
            case Answer.Written written -> {
                row.put("completion", written.text())
                        .put("finish", written.finish().name().toLowerCase(Locale.ROOT));
                ArrayNode logProbs = row.putArray("logprobs");
                written.logProbs().forEach(logProbs::add);
            }
            case Answer.Failed(var because) -> row.putNull("completion").put("failed", because);
        }
    }

    private static void put(ObjectNode row, Judgement judgement, boolean withVerdict) {
        judgement.extracted().ifPresent(extracted -> row.put("extracted", extracted));
        judgement.details().forEach(row::putPOJO);
        if (!withVerdict) return;
        if (judgement.verdict() instanceof dev.caravan.data.Verdict.Scored scored) {
            row.put("verdict", ItemResult.word(scored.score()));
        } else {
            row.put("verdict", "unverifiable");
        }
        row.put("because", judgement.verdict().because());
    }

    private static void putWeighed(ObjectNode row, Target.Choices choices, Response.Weighed weighed) {
        double[] sums = ItemScoring.values(choices, weighed, Scoring.Normalisation.NONE);
        int best = ItemScoring.best(sums);
        row.put("completion", choices.texts().get(best))
                .put("extracted", choices.texts().get(best));
        row.set("choices", Json.mapper().valueToTree(choices.texts()));
        row.set("right", Json.mapper().valueToTree(choices.right()));
        put(row, "logprobs", "tokens", weighed.choices());
        if (!weighed.unconditional().isEmpty()) {
            put(row, "unconditional_logprobs", "unconditional_tokens", weighed.unconditional());
        }
    }

    private static void put(ObjectNode row, String sums, String counts, List<Likelihood> all) {
        ArrayNode logProbs = row.putArray(sums);
        ArrayNode tokens = row.putArray(counts);
        for (var each : all) {
            logProbs.add(each.logProb());
            tokens.add(each.tokens());
        }
    }

    private static Optional<Response> response(JsonNode row) {
        if (row.path("tokens").isArray()) {
            return Optional.of(new Response.Weighed(
                    likelihoods(row, "logprobs", "tokens"),
                    likelihoods(row, "unconditional_logprobs", "unconditional_tokens")));
        }
        List<JsonNode> all = row.path("completions").isArray()
                ? row.path("completions").valueStream().toList()
                : List.of(row);
        return !all.isEmpty()
                        && all.stream().allMatch(each -> each.path("completion").isString())
                ? Optional.of(new Response.Written(
                        all.stream().map(AnswerFile::answer).toList()))
                : Optional.empty();
    }

    private static List<Likelihood> likelihoods(JsonNode row, String sums, String counts) {
        var all = new java.util.ArrayList<Likelihood>();
        for (int i = 0; i < row.path(sums).size(); i++) {
            all.add(new Likelihood(
                    row.path(sums).path(i).asDouble(0), row.path(counts).path(i).asInt(1)));
        }
        return all;
    }

    private static Answer answer(JsonNode row) {
        List<Float> logProbs =
                row.path("logprobs").valueStream().map(JsonNode::floatValue).toList();
        String finish = row.path("finish").asString("stop").toUpperCase(Locale.ROOT);
        return new Answer.Written(
                row.path("completion").asString(""), FinishReason.valueOf(finish), 0, logProbs.size(), logProbs);
    }

    /// The scores of a finished file by the hash of the item, for a comparison.
    public static Map<String, Double> scores(Path file) {
        var scores = new LinkedHashMap<String, Double>();
        for (JsonNode row : JsonLines.finishedRows(file, JsonNode.class)) {
            boolean judged = row.path("score").isNumber() && row.path("item").isString();
            if (judged)
                scores.put(row.path("item").asString(), row.path("score").asDouble());
        }
        return scores;
    }
}
