package dev.caravan.curate;

import dev.caravan.data.Check;
import dev.caravan.data.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a shape reads out of a row.
///
/// @param messages up to the answer; of two answers, up to the better one
/// @param check what decides whether an answer is right, where the row says so
/// @param rejected the worse answer, where the row has two
/// @param tools descriptions of the tools that the assistant may call, where the row has a list of them
record Turns(List<Message> messages, Optional<Check> check, Optional<String> rejected, Optional<JsonNode> tools) {
    Turns {
        messages = List.copyOf(messages);
    }

    static Turns of(List<Message> messages) {
        return new Turns(messages, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Turns of(String question, String answer) {
        return of(List.of(Message.user(question), Message.assistant(answer)));
    }

    Turns with(Check check) {
        return new Turns(messages, Optional.of(check), rejected, tools);
    }

    Turns withTools(Optional<JsonNode> list) {
        return new Turns(messages, check, rejected, list);
    }

    /// Two conversations that part at their last message, which both times is the assistant's.
    static Turns pair(JsonRow row, List<Message> chosen, List<Message> rejected) {
        if (chosen.isEmpty() || rejected.isEmpty()) throw row.bad("chosen and rejected must not be empty");
        if (!answered(chosen) || !answered(rejected)) throw row.bad("chosen and rejected must end with the assistant");
        if (!prompt(chosen).equals(prompt(rejected))) {
            throw row.bad("chosen and rejected must share all turns but the last");
        }
        return new Turns(
                chosen, Optional.empty(), Optional.of(rejected.getLast().content()), Optional.empty());
    }

    static boolean answered(List<Message> messages) {
        return !messages.isEmpty() && messages.getLast().role().equals(Message.ASSISTANT);
    }

    /// The messages before the last answer; all of them when the last is not the assistant's.
    static List<Message> prompt(List<Message> messages) {
        return answered(messages) ? messages.subList(0, messages.size() - 1) : messages;
    }

    static List<Message> withAnswer(List<Message> prompt, String answer) {
        var messages = new ArrayList<>(prompt);
        messages.add(Message.assistant(answer));
        return messages;
    }
}
