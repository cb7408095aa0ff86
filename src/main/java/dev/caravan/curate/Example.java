package dev.caravan.curate;

import dev.caravan.data.Check;
import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import dev.caravan.data.PreferencePair;
import dev.caravan.data.Prompt;
import dev.caravan.data.Skill;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A row of a file in every form that it can take: a conversation, a prompt with its check, a preference pair.
///
/// @param where its file and line, or the file and number of a table's row
/// @param messages up to the answer, where there is one; of two answers, up to the better
/// @param check what decides whether an answer is right
/// @param rejected the worse answer, where the row has two
/// @param because why the other is better, where the row says so
/// @param tools descriptions of the tools that the assistant may call
public record Example(
        String id,
        String source,
        String where,
        List<Message> messages,
        Optional<Check> check,
        Optional<String> rejected,
        Optional<String> because,
        Optional<String> licence,
        Optional<Skill> skill,
        Optional<JsonNode> tools)
        implements ReadRow {
    private static final String BECAUSE = "the source says so";

    public Example {
        messages = List.copyOf(messages);
    }

    /// Whether the last message is the assistant's, so that there is something to learn from.
    public boolean answered() {
        return Turns.answered(messages);
    }

    /// All messages, which is what filters see.
    public Conversation conversation() {
        return new Conversation(id, source, messages, licence, skill, tools);
    }

    /// The same row under another id.
    public Example withId(String other) {
        if (other.equals(id)) return this;
        return new Example(other, source, where, messages, check, rejected, because, licence, skill, tools);
    }

    /// The messages before the last answer.
    public Prompt prompt() {
        return new Prompt(id, source, Turns.prompt(messages), check, licence, skill, tools);
    }

    /// The better and the worse answer, where there are two.
    public Optional<PreferencePair> pair() {
        String chosen = messages.getLast().content();
        return rejected.map(worse -> pair(chosen, worse));
    }

    /// The row as data sets publish it: `messages`, with `ground_truth` and `dataset` where there is a check; or
    /// `chosen` and `rejected`.
    public Map<String, Object> row() {
        var row = new LinkedHashMap<String, Object>();
        row.put("id", id);
        row.put("source", source);
        rejected.ifPresentOrElse(worse -> putPair(row, worse), () -> row.put("messages", messages));
        because.ifPresent(reason -> row.put("because", reason));
        check.ifPresent(rule -> {
            row.put("ground_truth", rule.expected());
            row.put("dataset", rule.verifier());
        });
        tools.ifPresent(list -> row.put("tools", list));
        licence.ifPresent(name -> row.put("licence", name));
        skill.ifPresent(name -> row.put("skill", name));
        return row;
    }

    private PreferencePair pair(String chosen, String worse) {
        return new PreferencePair(
                id, source, Turns.prompt(messages), chosen, worse, because.orElse(BECAUSE), licence, skill, tools);
    }

    private void putPair(Map<String, Object> row, String worse) {
        row.put("chosen", messages);
        row.put("rejected", Turns.withAnswer(Turns.prompt(messages), worse));
    }
}
