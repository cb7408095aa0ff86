package dev.caravan.eval;

import dev.caravan.config.Default;
import java.util.Optional;

/// How a row becomes a prompt. In a chat every example is a user turn and an assistant turn, the description
/// stands before the first question only, and where the assistant's turn begins with a `prefix`, that is taken
/// off the end of the questions and begins the answers. In plain text everything is one text that ends where the
/// answer begins, and so it is in a single turn of the user.
///
/// @param form chat, plain or turn
/// @param description before the first question
/// @param question of an example and of the item itself
/// @param ending behind every question of a chat, such as how to close the answer
/// @param prefix with which the assistant's answer begins; the model writes on behind it
/// @param delimiter between the question, or the prefix, and the answer
/// @param separator between examples in plain text
/// @param answer of an example
/// @param id of a row; absent: task, group and the row's number
/// @param group the sub-task that a row belongs to
/// @param options a JSON list that templates know as `options`, with `option_order` telling where each stood
/// @param shuffled whether the options are put in an order that depends on the row's id alone
/// @param shots the examples
public record TaskFormat(
        @Default("chat") Form form,
        @Default("''") RowTemplate description,
        RowTemplate question,
        @Default("''") RowTemplate ending,
        @Default("''") RowTemplate prefix,
        @Default("' '") String delimiter,
        @Default("\"\\n\\n\"") String separator,
        Optional<RowTemplate> answer,
        Optional<RowTemplate> id,
        Optional<RowTemplate> group,
        Optional<RowTemplate> options,
        @Default("false") boolean shuffled,
        @Default("{type: no}") Shots shots) {
    /// Whether a prompt is a conversation or a text.
    public enum Form {
        /// A turn of the user for every question and one of the assistant for every answer.
        CHAT,
        /// One text that the model goes on with.
        PLAIN,
        /// That text as the one turn of the user in a chat.
        TURN
    }

    public TaskFormat {
        if (!(shots instanceof Shots.NoShots) && answer.isEmpty()) {
            throw new IllegalArgumentException("answer is needed for the examples");
        }
    }

    TaskFormat in(Form other) {
        return with(other, shots);
    }

    TaskFormat with(Shots others) {
        return with(form, others);
    }

    private TaskFormat with(Form other, Shots others) {
        return new TaskFormat(
                other,
                description,
                question,
                ending,
                prefix,
                delimiter,
                separator,
                answer,
                id,
                group,
                options,
                shuffled,
                others);
    }
}
