package dev.caravan.judge;

import dev.caravan.DataException;
import dev.caravan.data.Message;
import dev.caravan.data.Verdict;
import dev.caravan.generate.Template;
import dev.caravan.generate.Watch;
import dev.caravan.io.Json;
import dev.caravan.io.Sha256;
import dev.caravan.text.Lowercase;
import dev.caravan.verify.Judgement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A completion rated by a judge. The judgement tells the `ratings`; a reply that cannot be read is no verdict.
///
/// `judge` expects `{"prompt": … or "messages": […], "rubric": ASPECT, "reference": …}`, where the rubric may be
/// left out and then means all of the judge's [aspects][Aspect]; the score is the mean rating on the way from 1 to
/// 5. `rubric` expects the same with a rubric of criteria: `quality`, `reference`, a JSON file's name, or a list
/// of texts or of `{"criterion", "weight"}`; the score is their weighted mean on the way from 0 to 2. A text that
/// is no JSON is the rubric, where there is one of that name, and else the reference.
public record JudgeVerifier(Judge judge, Kind kind) {
    /// Which of the two.
    public enum Kind {
        JUDGE,
        RUBRIC;

        /// As checks and tasks call it; empty where a judge has no part in it.
        public static Optional<Kind> named(String verifier) {
            return Arrays.stream(values())
                    .filter(kind -> Lowercase.of(kind.name()).equals(verifier))
                    .findFirst();
        }
    }

    /// A row to be judged.
    ///
    /// @param asked what the prediction answers, unless what is expected tells that itself; empty where nobody
    ///     knows
    public record Given(String prediction, String expected, List<Message> asked) {
        public Given {
            asked = List.copyOf(asked);
        }

        public Given(String prediction, String expected) {
            this(prediction, expected, List.of());
        }
    }

    private record Criterion(String text, double weight) {}

    /// A row as it is asked about.
    private record Asked(String key, String user, RatingBlocks form, List<String> names, List<Double> weights) {}

    /// The judgements of rows, in order; several are best given at a time.
    public List<Judgement> judge(List<Given> rows) {
        return judge(rows, Watch.NOBODY);
    }

    /// @see #judge(List)
    public List<Judgement> judge(List<Given> rows, Watch watch) {
        var judgements = new ArrayList<Judgement>();
        var asked = new ArrayList<Asked>();
        var owners = new ArrayList<Integer>();
        for (int i = 0; i < rows.size(); i++) {
            judgements.add(failed("not asked"));
            try {
                for (Asked one : asked(rows.get(i))) {
                    asked.add(one);
                    owners.add(i);
                }
            } catch (DataException e) {
                judgements.set(i, failed(String.valueOf(e.getMessage())));
            }
        }
        List<RatingBlocks.Read> reads = judge.replies(
                asked.stream().map(Asked::key).toList(),
                asked.stream().map(Asked::user).toList(),
                asked.stream().map(Asked::form).toList(),
                watch);
        for (int i = 0; i < asked.size(); ) {
            int end = i;
            while (end < asked.size() && owners.get(end).equals(owners.get(i))) end++;
            judgements.set(owners.get(i), judgement(asked.subList(i, end), reads.subList(i, end)));
            i = end;
        }
        return judgements;
    }

    private List<Asked> asked(Given row) {
        JsonNode expected = tree(row.expected());
        String instruction = instruction(expected, row.asked());
        String reference = expected.path("reference").asString("");
        return kind == Kind.JUDGE
                ? aspects(expected).stream()
                        .map(aspect -> byAspect(aspect, row, instruction, reference))
                        .toList()
                : List.of(byRubric(criteria(expected), row, instruction, reference));
    }

    /// A plain text is the rubric's name where it is one, and else the reference.
    private static JsonNode tree(String expected) {
        if (expected.stripLeading().startsWith("{")) return Json.tree(expected);
        boolean rubric = Aspect.named(expected.strip()).isPresent()
                || Judge.class.getResource("rubric-" + expected.strip() + ".json") != null;
        return Json.mapper().createObjectNode().put(rubric ? "rubric" : "reference", expected);
    }

    private static String instruction(JsonNode expected, List<Message> asked) {
        if (expected.path("prompt").isString()) return expected.path("prompt").asString();
        List<Message> messages = expected.path("messages").isArray() ? messages(expected) : asked;
        return messages.isEmpty()
                ? "(not given; judge the text by itself)"
                : new Comparison("", messages, List.of()).instruction();
    }

    private static List<Message> messages(JsonNode expected) {
        return expected.path("messages")
                .valueStream()
                .map(message -> new Message(
                        message.path("role").asString(""),
                        message.path("content").asString("")))
                .toList();
    }

    private List<Aspect> aspects(JsonNode expected) {
        String name = expected.path("rubric").asString("");
        if (name.isEmpty()) return judge.aspects();
        return List.of(Aspect.named(name)
                .orElseThrow(() -> new DataException("there is no aspect '%s'; known are %s"
                        .formatted(name, Aspect.all().stream().map(Aspect::word).toList()))));
    }

    private Asked byAspect(Aspect aspect, Given row, String instruction, String reference) {
        var form = new RatingBlocks("Text", 1, 1, 5, aspect.mayNotApply());
        String file = aspect.word() + ".txt";
        String user = Template.of(file, Judge.text(judge.prompts(), file), Set.of("form", "instruction", "texts"))
                .filled(Map.of(
                        "form", form.form(),
                        "instruction", instruction + referenceText(reference),
                        "texts", RatingBlocks.marked(List.of(row.prediction()))));
        return new Asked(key(row) + "/" + aspect.word(), user, form, List.of(aspect.word()), List.of(1.0));
    }

    private Asked byRubric(List<Criterion> criteria, Given row, String instruction, String reference) {
        var form = new RatingBlocks("Criterion", criteria.size(), 0, 2, false);
        var listed = new StringBuilder();
        for (int i = 0; i < criteria.size(); i++) {
            listed.append("Criterion %d: %s\n".formatted(i + 1, criteria.get(i).text()));
        }
        String user = Template.of(
                        "rubric.txt",
                        Judge.text(judge.prompts(), "rubric.txt"),
                        Set.of("criteria", "form", "instruction", "reference", "texts"))
                .filled(Map.of(
                        "criteria", listed.toString().strip(),
                        "form", form.form(),
                        "instruction", instruction,
                        "reference", referenceText(reference).stripLeading() + (reference.isEmpty() ? "" : "\n\n"),
                        "texts", RatingBlocks.marked(List.of(row.prediction()))));
        return new Asked(
                key(row) + "/rubric",
                user,
                form,
                criteria.stream().map(Criterion::text).toList(),
                criteria.stream().map(Criterion::weight).toList());
    }

    private static String referenceText(String reference) {
        return reference.isEmpty() ? "" : "\n\nA good answer, for comparison:\n" + reference;
    }

    private static String key(Given row) {
        return Sha256.of(row.prediction() + "\u0000" + row.expected() + said(row.asked()))
                .substring(0, 16);
    }

    private static String said(List<Message> asked) {
        return asked.isEmpty() ? "" : "\u0000" + Json.write(asked);
    }

    private List<Criterion> criteria(JsonNode expected) {
        JsonNode rubric = expected.path("rubric");
        JsonNode list = rubric.isArray()
                ? rubric
                : Json.tree(Judge.text(judge.prompts(), "rubric-" + rubric.asString("quality") + ".json"));
        List<Criterion> criteria =
                list.valueStream().map(JudgeVerifier::criterion).toList();
        if (criteria.isEmpty()) throw new DataException("the rubric has no criteria");
        return criteria;
    }

    private static Criterion criterion(JsonNode node) {
        String text = node.isString() ? node.asString() : node.path("criterion").asString("");
        double weight = node.path("weight").asDouble(1);
        if (text.isBlank() || !(weight > 0)) {
            throw new DataException(
                    "a criterion is a text, or {\"criterion\": text, \"weight\": above 0}, got " + node);
        }
        return new Criterion(text, weight);
    }

    private Judgement judgement(List<Asked> asked, List<RatingBlocks.Read> reads) {
        var ratings = new LinkedHashMap<String, Object>();
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < asked.size(); i++) {
            switch (reads.get(i)) {
                case RatingBlocks.Read.Nonsense(var because) -> {
                    return failed("the judge's reply cannot be read: " + because);
                }
                case RatingBlocks.Read.Ratings(var values) -> {
                    for (int j = 0; j < values.size(); j++) {
                        OptionalInt rating = values.get(j);
                        if (rating.isEmpty()) continue;
                        ratings.put(asked.get(i).names().get(j), rating.getAsInt());
                        RatingBlocks form = asked.get(i).form();
                        double weight = asked.get(i).weights().get(j);
                        sum += weight * (rating.getAsInt() - form.least()) / (form.most() - form.least());
                        weights += weight;
                    }
                }
            }
        }
        return weights == 0 ? failed("the criterion does not apply (N/A)") : scored(sum / weights, ratings);
    }

    private static Judgement scored(double score, SequencedMap<String, Object> ratings) {
        var details = new LinkedHashMap<String, Object>();
        details.put("ratings", ratings);
        return new Judgement(
                new Verdict.Scored(Math.clamp(score, 0, 1), "rated " + ratings), Optional.empty(), details);
    }

    private static Judgement failed(String because) {
        return new Judgement(new Verdict.Failed(because), Optional.empty(), new LinkedHashMap<>());
    }
}
