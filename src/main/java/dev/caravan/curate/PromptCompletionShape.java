package dev.caravan.curate;

/// `{"prompt": "…", "completion": "…"}`, or `response` for the answer.
record PromptCompletionShape() implements RowShape {
    @Override
    public String keys() {
        return "prompt and completion or response";
    }

    @Override
    public boolean fits(JsonRow row) {
        return row.has("prompt");
    }

    @Override
    public Turns read(JsonRow row) {
        return Turns.of(row.text("prompt"), row.text(row.has("response") ? "response" : "completion"));
    }
}
