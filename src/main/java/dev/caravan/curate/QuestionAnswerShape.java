package dev.caravan.curate;

import dev.caravan.data.Check;

/// `{"question": "…", "answer": "…"}`. An answer with `####` is a gold solution of GSM8K; its number is the check.
record QuestionAnswerShape() implements RowShape {
    private static final String GSM8K_MARK = "####";

    @Override
    public String keys() {
        return "question and answer";
    }

    @Override
    public boolean fits(JsonRow row) {
        return row.has("question");
    }

    @Override
    public Turns read(JsonRow row) {
        String answer = row.text("answer");
        Turns turns = Turns.of(row.text("question"), answer);
        int mark = answer.lastIndexOf(GSM8K_MARK);
        if (mark < 0) return turns;
        return turns.with(
                new Check("gsm8k", answer.substring(mark + GSM8K_MARK.length()).strip()));
    }
}
