package dev.caravan.curate;

import dev.caravan.data.Message;
import java.util.ArrayList;
import java.util.List;

/// `{"chosen": …, "rejected": …}`: two whole lists of messages that differ in their last one; or two answers, as a
/// text or one message each, to what `prompt`, `messages`, `conversations`, `instruction` or `question` asks.
record PreferenceShape() implements RowShape {
    private static final String CHOSEN = "chosen";
    private static final String REJECTED = "rejected";

    @Override
    public String keys() {
        return "chosen and rejected";
    }

    @Override
    public boolean fits(JsonRow row) {
        return row.has(CHOSEN, REJECTED);
    }

    @Override
    public Turns read(JsonRow row) {
        if (row.isList(CHOSEN)) return lists(row);
        List<Message> prompt = prompt(row);
        return Turns.pair(row, answered(prompt, answer(row, CHOSEN)), answered(prompt, answer(row, REJECTED)));
    }

    /// Lists of one message each are answers to the prompt beside them.
    private static Turns lists(JsonRow row) {
        List<Message> chosen = MessagesShape.list(row, CHOSEN);
        List<Message> rejected = MessagesShape.list(row, REJECTED);
        if (chosen.size() > 1 || !row.isList("prompt")) return Turns.pair(row, chosen, rejected);
        List<Message> prompt = MessagesShape.list(row, "prompt");
        return Turns.pair(row, answered(prompt, chosen.getLast()), answered(prompt, rejected.getLast()));
    }

    private static Message answer(JsonRow row, String key) {
        return row.isObject(key) ? ShareGptShape.message(row.object(key)) : Message.assistant(row.text(key));
    }

    private static List<Message> prompt(JsonRow row) {
        if (row.isList("prompt")) return MessagesShape.list(row, "prompt");
        if (row.has("prompt")) return List.of(Message.user(row.text("prompt")));
        if (row.has("messages")) return MessagesShape.list(row, "messages");
        if (row.has("conversations")) return ShareGptShape.list(row);
        if (row.has("instruction")) return AlpacaShape.prompt(row);
        if (row.has("question")) return List.of(Message.user(row.text("question")));
        throw row.bad("chosen and rejected are answers, but there is no prompt beside them");
    }

    private static List<Message> answered(List<Message> prompt, Message answer) {
        var messages = new ArrayList<>(prompt);
        messages.add(answer);
        return messages;
    }
}
