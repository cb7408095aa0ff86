package dev.caravan.curate;

import dev.caravan.data.Check;
import dev.caravan.data.Message;
import java.util.List;

/// `{"problem": "…", "solution"?: "…", "answer"?: "…"}`, as MATH has them. The answer is the check, or else what the
/// solution boxes; without a solution the row awaits one.
record MathProblemShape() implements RowShape {
    private static final String SOLUTION = "solution";
    private static final String ANSWER = "answer";

    @Override
    public String keys() {
        return "problem and solution or answer";
    }

    @Override
    public boolean fits(JsonRow row) {
        return row.has("problem");
    }

    @Override
    public Turns read(JsonRow row) {
        String problem = row.text("problem");
        if (!row.has(ANSWER) && !row.has(SOLUTION)) throw row.bad("a problem needs a solution or an answer");
        var check = new Check("math", row.value(row.has(ANSWER) ? ANSWER : SOLUTION));
        Turns turns =
                row.has(SOLUTION) ? Turns.of(problem, row.text(SOLUTION)) : Turns.of(List.of(Message.user(problem)));
        return turns.with(check);
    }
}
