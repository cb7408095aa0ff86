package dev.caravan.curate;

import dev.caravan.data.Message;
import java.util.ArrayList;
import java.util.List;

/// `{"system"?: "…", "instruction": "…", "input"?: "…", "output": "…"}`. An input that is not blank follows its
/// instruction after an empty line.
record AlpacaShape() implements RowShape {
    @Override
    public String keys() {
        return "instruction and output";
    }

    @Override
    public boolean fits(JsonRow row) {
        return row.has("instruction", "output");
    }

    @Override
    public Turns read(JsonRow row) {
        return Turns.of(Turns.withAnswer(prompt(row), row.text("output")));
    }

    /// The messages before the answer.
    static List<Message> prompt(JsonRow row) {
        var messages = new ArrayList<Message>();
        row.textIfAny("system").map(Message::system).ifPresent(messages::add);
        messages.add(question(row.text("instruction"), row));
        return messages;
    }

    /// An instruction and the input that stands in an object.
    static Message question(String instruction, JsonRow holder) {
        return Message.user(holder.textIfAny("input")
                .map(input -> instruction + "\n\n" + input)
                .orElse(instruction));
    }
}
