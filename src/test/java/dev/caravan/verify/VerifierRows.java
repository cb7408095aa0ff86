package dev.caravan.verify;

import dev.caravan.ConformanceRows;
import dev.caravan.io.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Answers with what was expected of them, for every built-in verifier that starts no process: the project's own, or
/// the many of models that lie beside a checkout.
final class VerifierRows {
    private static final Set<String> PROCESSES = Set.of("code");

    /// @param prediction what a model said
    record Row(String prediction, String expected) {}

    private VerifierRows() {}

    /// The rows of each verifier, by its name.
    static Map<String, List<Row>> all() {
        Map<String, List<Row>> answers = ConformanceRows.areShared() ? ofModels() : own();
        var rows = new LinkedHashMap<String, List<Row>>();
        for (BuiltIn verifier : BuiltIn.values()) {
            String name = verifier.spelling();
            if (!PROCESSES.contains(name)) rows.put(name, answers.getOrDefault(name, List.of()));
        }
        rows.forEach((name, list) -> {
            if (list.isEmpty()) throw new IllegalStateException("there are no answers for the verifier " + name);
        });
        return rows;
    }

    private static Map<String, List<Row>> own() {
        var rows = new LinkedHashMap<String, List<Row>>();
        rows.put("gsm8k", read(ConformanceRows.own("verify/gsm8k.jsonl"), "completion", "gold"));
        rows.put("bbh", read(ConformanceRows.own("verify/bbh.jsonl"), "prediction", "expected"));
        rows.put("drop", read(ConformanceRows.own("verify/drop.jsonl"), "prediction", "expected"));
        rows.put("letter", read(ConformanceRows.own("verify/letter.jsonl"), "prediction", "expected"));
        rows.put("mmlu-pro", read(ConformanceRows.own("verify/mmlu-pro.jsonl"), "prediction", "extracted"));
        rows.put("squad-em", read(ConformanceRows.own("verify/squad.jsonl"), "prediction", "expected"));
        rows.put("math", read(ConformanceRows.own("verify/maths.jsonl"), row -> boxed(row, "answer"), text("gold")));
        rows.put("tulu-if", read(ConformanceRows.own("verify/tulu_if.jsonl"), text("text"), VerifierRows::function));
        rows.put("ifeval", read(ConformanceRows.own("verify/ifeval.jsonl"), text("response"), VerifierRows::single));
        addDerived(rows);
        return rows;
    }

    private static Map<String, List<Row>> ofModels() {
        var rows = new LinkedHashMap<String, List<Row>>();
        rows.put("gsm8k", read(shared("gsm8k_answers.jsonl"), "completion", "gold"));
        rows.put("bbh", read(shared("bbh_extraction.jsonl.xz"), "output", "target"));
        rows.put("drop", read(shared("drop_metric.jsonl"), "prediction", "gold"));
        rows.put("mmlu-pro", read(shared("mmlu_pro_extraction.jsonl.xz"), "output", "gold"));
        rows.put("letter", rows.get("mmlu-pro"));
        rows.put("squad-em", read(shared("string_metrics.jsonl"), "prediction", "gold"));
        rows.put("math", read(shared("math_equivalence.jsonl"), "prediction", "gold"));
        rows.get("math")
                .addAll(read(
                        shared("boxed_extraction.jsonl"),
                        row -> row.path("solution").asString(),
                        row -> boxed(row, "answer")));
        rows.put("tulu-if", read(shared("tulu_if_constraints.jsonl"), text("text"), VerifierRows::function));
        rows.put("ifeval", read(shared("ifeval_judgements.jsonl.xz"), text("response"), VerifierRows::instructions));
        addDerived(rows);
        return rows;
    }

    /// Verifiers that have no rows of their own read those of another.
    private static void addDerived(Map<String, List<Row>> rows) {
        List<Row> talk = rows.getOrDefault("ifeval", List.of());
        rows.put("boxed", rows.getOrDefault("math", List.of()));
        rows.put("squad-f1", rows.getOrDefault("squad-em", List.of()));
        rows.put("bbh-cot", bbhCot(rows.getOrDefault("bbh", List.of())));
        rows.put("final-answer", rows.getOrDefault("math", List.of()));
        rows.put("exact", rows.getOrDefault("bbh", List.of()));
        rows.put("contains", rows.getOrDefault("bbh", List.of()));
        rows.put(
                "arithmetic", with(rows.getOrDefault("gsm8k", List.of()), row -> row.prediction() + "\n#### 17", "17"));
        rows.put("max-length", with(talk, Row::prediction, "100", "7"));
        rows.put("refusal", with(talk, Row::prediction, "refuse", "comply"));
        rows.put("regex", with(talk, Row::prediction, "(?i)\\bthe\\b", "(a+)+$", "^.*answer.*\\d$", "(\\w+ )*x{3}"));
        rows.put("ifbench", ifbench(talk));
        rows.put("json-schema", json(talk));
    }

    private static List<Row> bbhCot(List<Row> rows) {
        List<String> forms = BbhForm.spellings();
        var cot = new ArrayList<Row>();
        for (Row row : rows) {
            String form = forms.get(cot.size() % forms.size());
            cot.add(new Row(row.prediction(), Json.write(Map.of("target", row.expected(), "form", form))));
        }
        return cot;
    }

    private static List<Row> ifbench(List<Row> talk) {
        List<JsonNode> known = ConformanceRows.own("verify/ifbench.jsonl");
        var rows = new ArrayList<Row>(read(known, text("response"), VerifierRows::single));
        for (int i = 0; i < talk.size(); i++) {
            rows.add(new Row(talk.get(i).prediction(), single(known.get(i % known.size()))));
        }
        return rows;
    }

    private static List<Row> json(List<Row> talk) {
        String schema = """
                {"type": "object", "required": ["name"], "additionalProperties": false, "properties": {
                 "name": {"type": "string", "minLength": 2, "pattern": "^[A-Z]"},
                 "ages": {"type": "array", "items": {"type": "integer", "minimum": 0}, "uniqueItems": true}}}""";
        var rows = new ArrayList<Row>();
        for (Row row : talk) {
            String name =
                    Json.write(row.prediction().length() > 40 ? row.prediction().substring(0, 40) : "Ada");
            String object = "{\"name\": %s, \"ages\": [1, %d, 2.5e3]}"
                    .formatted(name, row.prediction().length());
            rows.add(new Row(rows.size() % 2 == 0 ? object : "Here:\n```json\n" + object + "\n```", schema));
        }
        return rows;
    }

    private static List<JsonNode> shared(String file) {
        return ConformanceRows.shared(file, 0);
    }

    private static List<Row> read(List<JsonNode> rows, String prediction, String expected) {
        return read(rows, text(prediction), text(expected));
    }

    private static List<Row> read(
            List<JsonNode> rows, Function<JsonNode, String> prediction, Function<JsonNode, String> expected) {
        var read = new ArrayList<Row>();
        rows.forEach(row -> read.add(new Row(prediction.apply(row), expected.apply(row))));
        return read;
    }

    private static List<Row> with(List<Row> rows, Function<Row, String> prediction, String... expected) {
        var with = new ArrayList<Row>();
        for (Row row : rows) with.add(new Row(prediction.apply(row), expected[with.size() % expected.length]));
        return with;
    }

    private static Function<JsonNode, String> text(String key) {
        return row -> Judgements.given(row, key);
    }

    private static String boxed(JsonNode row, String key) {
        return "So it is $\\boxed{" + row.path(key).asString() + "}$.";
    }

    private static String function(JsonNode row) {
        return Json.write(Map.of("function", row.path("function"), "args", row.path("args")));
    }

    private static String single(JsonNode row) {
        return Json.write(Map.of(
                "instruction_id_list", List.of(row.path("id").asString()), "kwargs", List.of(row.path("kwargs"))));
    }

    private static String instructions(JsonNode row) {
        return Json.write(Map.of("instruction_id_list", row.path("instruction_id_list"), "kwargs", row.path("kwargs")));
    }
}
