package dev.caravan.curate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The shapes of rows that sources come in, in the order in which they are tried on a row. A row is known by its
/// keys.
public enum Shape {
    /// Two conversations as text with `Human:` and `Assistant:` turns: `chosen`, `rejected`.
    HH_RLHF(new HhRlhfShape()),
    /// A better and a worse answer: `chosen`, `rejected`, and perhaps the prompt.
    PREFERENCE(new PreferenceShape()),
    /// A prompt with what its answer is checked against: `messages`, `ground_truth`, `dataset`.
    RLVR(new RlvrShape()),
    /// A list of roles and texts: `messages`.
    MESSAGES(new MessagesShape()),
    /// A tree of ranked replies, of which the best path is taken: `message_tree_id`, `prompt`.
    OASST(new OasstShape()),
    /// ShareGPT's list of speakers and texts: `conversations`.
    SHAREGPT(new ShareGptShape()),
    /// `instruction`, perhaps `input`, and `output`.
    ALPACA(new AlpacaShape()),
    /// A task with instances of it: `instruction`, `instances`.
    SELF_INSTRUCT(new SelfInstructShape()),
    /// `prompt` and `completion` or `response`.
    PROMPT_COMPLETION(new PromptCompletionShape()),
    /// `question` and `answer`; a gold answer of GSM8K is a check.
    QUESTION_ANSWER(new QuestionAnswerShape()),
    /// `problem` with its `solution` or `answer`, which is a check.
    MATH_PROBLEM(new MathProblemShape()),
    /// `inputs` and `targets`, perhaps `rationale`.
    FLAN(new FlanShape());

    private final RowShape rows;

    Shape(RowShape rows) {
        this.rows = rows;
    }

    /// The first shape whose keys the row has.
    static Optional<Shape> of(JsonRow row) {
        return Arrays.stream(values()).filter(shape -> shape.rows.fits(row)).findFirst();
    }

    /// All keys of all shapes, for messages.
    static String allKeys() {
        return Arrays.stream(values()).map(Shape::keys).distinct().collect(Collectors.joining("; "));
    }

    boolean fits(JsonRow row) {
        return rows.fits(row);
    }

    /// @throws dev.caravan.DataException when a value is not what the shape needs
    Turns read(JsonRow row) {
        return rows.read(row);
    }

    /// The keys that make the shape, in words.
    String keys() {
        return rows.keys();
    }

    /// As recipes write it, such as `prompt-completion`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
