package dev.caravan.curate;

import dev.caravan.data.Message;

/// `{"instruction": "…", "instances": [{"input": "…", "output": "…"}, …]}`: the task with its first instance.
record SelfInstructShape() implements RowShape {
    @Override
    public String keys() {
        return "instruction and instances";
    }

    @Override
    public boolean fits(JsonRow row) {
        return row.has("instruction") && row.isList("instances");
    }

    @Override
    public Turns read(JsonRow row) {
        JsonRow instance = row.objects("instances", "instance").findFirst().orElseThrow();
        Message prompt = AlpacaShape.question(row.text("instruction"), instance);
        return Turns.of(prompt.content(), instance.text("output"));
    }
}
