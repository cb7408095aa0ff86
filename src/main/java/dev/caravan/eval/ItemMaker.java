package dev.caravan.eval;

import dev.caravan.DataException;
import dev.caravan.data.Check;
import dev.caravan.data.Draws;
import dev.caravan.data.Message;
import dev.caravan.io.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Turns the rows of an evaluation task into its items.
final class ItemMaker {
    private final TaskDefinition task;
    private final TaskFormat format;
    private final Function<JsonNode, String> description;
    private final Function<JsonNode, String> question;
    private final Function<JsonNode, String> ending;
    private final Function<JsonNode, String> prefix;
    private final Function<JsonNode, String> answer;
    private final Function<JsonNode, String> id;
    private final Function<JsonNode, String> group;
    private final Optional<Function<JsonNode, JsonNode>> options;
    private final Function<JsonNode, Target> target;
    private final List<Function<JsonNode, String>> protectedTexts;
    private final ShotRows shots;
    private final Map<String, Integer> numbers = new HashMap<>();

    /// @param data the file or folder that the user gives; absent for a task that brings its rows
    ItemMaker(TaskDefinition task, Optional<Path> data) {
        this.task = task;
        format = task.format();
        description = format.description().text();
        question = format.question().text();
        ending = format.ending().text();
        prefix = format.prefix().text();
        answer = textOf(format.answer());
        id = textOf(format.id());
        group = textOf(format.group());
        options = format.options().map(RowTemplate::json);
        target = target(task.scoring());
        protectedTexts = task.decontaminate().stream().map(RowTemplate::text).toList();
        shots = ShotRows.of(task, data, group::apply);
    }

    private static Function<JsonNode, String> textOf(Optional<RowTemplate> template) {
        return template.map(RowTemplate::text).orElse(_ -> "");
    }

    private Function<JsonNode, Target> target(Scoring scoring) {
        return switch (scoring) {
            case Scoring.GenerationScoring generation -> {
                Function<JsonNode, String> expected = generation.expected().text();
                yield row -> new Target.Checked(new Check(generation.verifier(), expected.apply(row)));
            }
            case Scoring.PreferenceScoring preference -> compared(preference);
            case Scoring.ChoiceScoring choice -> {
                Function<JsonNode, JsonNode> choices = choice.choices().json();
                Function<JsonNode, JsonNode> gold = choice.gold().json();
                yield row -> choices(choices.apply(row), gold.apply(row));
            }
        };
    }

    private static Function<JsonNode, Target> compared(Scoring.PreferenceScoring preference) {
        Function<JsonNode, String> instruction = preference.instruction().text();
        Function<JsonNode, String> baseline = preference.baseline().text();
        Function<JsonNode, String> reference = preference.reference().text();
        Function<JsonNode, String> difficulty = preference.difficulty().text();
        Function<JsonNode, String> similarity = preference.similarity().text();
        return row -> new Target.Compared(
                instruction.apply(row),
                baseline.apply(row),
                given(reference.apply(row)),
                given(difficulty.apply(row)).map(Double::valueOf),
                !similarity.apply(row).isBlank());
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(known -> !known.isBlank());
    }

    private Target choices(JsonNode choices, JsonNode gold) {
        List<String> texts = choices.valueStream().map(JsonNode::asString).toList();
        var right = new ArrayList<Boolean>();
        for (int i = 0; i < texts.size(); i++) {
            right.add(gold.isArray() ? gold.path(i).asInt(0) == 1 : gold.asInt(-1) == i);
        }
        boolean bare = format.form() == TaskFormat.Form.CHAT
                && format.prefix().source().isEmpty();
        return new Target.Choices(texts, right, bare ? "" : format.delimiter());
    }

    /// @param number of the row, for messages
    EvalItem item(ObjectNode row, int number) {
        try {
            return item(row);
        } catch (DataException | IllegalArgumentException e) {
            throw new DataException("task %s, row %d: %s".formatted(task.name(), number, e.getMessage()), e);
        }
    }

    private EvalItem item(ObjectNode plain) {
        String of = group.apply(plain);
        int number = numbers.merge(of, 1, Integer::sum) - 1;
        String own = id.apply(plain);
        String name = !own.isEmpty() ? own : numbered(of, number);
        var examples = shots.of(of);
        ObjectNode row = arranged(plain, name).put("task_description", examples.description());
        return new EvalItem(
                name,
                of,
                prompt(row, examples.rows()),
                target.apply(row),
                protectedTexts.stream()
                        .map(text -> text.apply(row))
                        .filter(text -> !text.isBlank())
                        .toList());
    }

    private String numbered(String of, int number) {
        return of.isEmpty()
                ? "%s-%03d".formatted(task.name(), number)
                : "%s-%s-%03d".formatted(task.name(), of, number);
    }

    /// The row with its options, in an order of the item's own where the task shuffles them.
    private ObjectNode arranged(ObjectNode row, String name) {
        if (options.isEmpty()) return row.deepCopy();
        JsonNode given = options.get().apply(row);
        int[] order = format.shuffled()
                ? new Draws(0, "options/" + name).permutation(given.size(), 0)
                : java.util.stream.IntStream.range(0, given.size()).toArray();
        ArrayNode shown = Json.mapper().createArrayNode();
        ArrayNode stood = Json.mapper().createArrayNode();
        for (int from : order) {
            shown.add(given.get(from));
            stood.add(from);
        }
        ObjectNode more = row.deepCopy();
        more.set("options", shown);
        more.set("option_order", stood);
        return more;
    }

    private EvalPrompt prompt(ObjectNode row, List<ObjectNode> examples) {
        return switch (format.form()) {
            case CHAT -> chat(row, examples);
            case PLAIN -> new EvalPrompt.Plain(text(row, examples));
            case TURN -> new EvalPrompt.Chat(List.of(Message.user(text(row, examples))), "");
        };
    }

    private String text(ObjectNode row, List<ObjectNode> examples) {
        var text = new StringBuilder(description.apply(row));
        for (ObjectNode example : examples) {
            ObjectNode shown = arranged(example, "");
            text.append(question.apply(shown))
                    .append(format.delimiter())
                    .append(answer.apply(shown))
                    .append(format.separator());
        }
        return text.append(question.apply(row)).toString();
    }

    private EvalPrompt chat(ObjectNode row, List<ObjectNode> examples) {
        var messages = new ArrayList<Message>();
        String before = description.apply(row);
        for (ObjectNode example : examples) {
            ObjectNode shown = arranged(example, "");
            messages.add(Message.user(before + turn(shown)));
            messages.add(Message.assistant(opened(prefix.apply(shown), answer.apply(shown))));
            before = "";
        }
        messages.add(Message.user(before + turn(row)));
        return new EvalPrompt.Chat(messages, prefix.apply(row));
    }

    private String turn(ObjectNode row) {
        String asked = question.apply(row);
        String opening = prefix.apply(row);
        String bare = !opening.isEmpty() && asked.endsWith(opening)
                ? asked.substring(0, asked.length() - opening.length()).stripTrailing()
                : asked;
        return bare + ending.apply(row);
    }

    private String opened(String opening, String text) {
        return opening.isEmpty() ? text : opening + format.delimiter() + text;
    }
}
