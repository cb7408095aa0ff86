package dev.caravan.curate;

import dev.caravan.data.Check;
import java.util.Locale;

/// `{"messages": […], "ground_truth": "18", "dataset": "gsm8k"}`: the data set's name is the verifier's.
record RlvrShape() implements RowShape {
    @Override
    public String keys() {
        return "messages, ground_truth and dataset";
    }

    @Override
    public boolean fits(JsonRow row) {
        return row.has("messages", "ground_truth");
    }

    @Override
    public Turns read(JsonRow row) {
        var check = new Check(row.text("dataset").toLowerCase(Locale.ROOT), row.value("ground_truth"));
        return Turns.of(MessagesShape.list(row, "messages")).with(check);
    }
}
