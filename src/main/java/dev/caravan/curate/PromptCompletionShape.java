package dev.caravan.curate;

import dev.caravan.data.Message;
import java.util.List;
import java.util.stream.Stream;

/// `{"prompt": "…", "completion": "…"}`, or `response` for the answer. Both may be lists of messages, and a list of
/// messages may await its answer.
record PromptCompletionShape() implements RowShape {
    private static final String PROMPT = "prompt";
    private static final String COMPLETION = "completion";

    @Override
    public String keys() {
        return "prompt and completion or response";
    }

    @Override
    public boolean fits(JsonRow row) {
        return row.has(PROMPT);
    }

    @Override
    public Turns read(JsonRow row) {
        String answer = row.has("response") ? "response" : COMPLETION;
        if (!row.isList(PROMPT)) return Turns.of(row.text(PROMPT), row.text(answer));
        List<Message> prompt = MessagesShape.list(row, PROMPT);
        if (!row.has(answer)) return Turns.of(prompt);
        if (!row.isList(answer)) return Turns.of(Turns.withAnswer(prompt, row.text(answer)));
        return Turns.of(Stream.concat(prompt.stream(), MessagesShape.list(row, answer).stream())
                .toList());
    }
}
