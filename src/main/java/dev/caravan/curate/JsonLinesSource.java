package dev.caravan.curate;

import dev.caravan.RecipeException;
import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import dev.caravan.data.Prompt;
import java.util.List;
import java.util.stream.Stream;

/// Rows of a JSON Lines file in UTF-8, one object a line, blank lines aside. A row has `messages`; or `prompt` and
/// `completion`; or `question` and `answer` as GSM8K has. Where `ground_truth` and `dataset` stand beside `messages`,
/// they are the check of the prompt, as in the data sets of Tülu 3 for reinforcement learning.
///
/// A bad row is a [dev.caravan.DataException] that names file, line and rule.
///
/// @param path the file, relative to the working directory; a name that ends with `.gz` is unpacked
public record JsonLinesSource(String name, String path) {
    public JsonLinesSource {
        if (path.isBlank()) {
            throw new RecipeException("path must name a file, got an empty text");
        }
    }

    public Stream<Conversation> conversations() {
        var ids = new RowIds(name);
        return rows().map(row -> {
            List<Message> messages = row.conversation();
            return new Conversation(ids.next(messages), name, messages);
        });
    }

    public Stream<Prompt> prompts() {
        var ids = new RowIds(name);
        return rows().map(row -> {
            List<Message> messages = row.prompt();
            return new Prompt(ids.next(messages), name, messages, row.check());
        });
    }

    private Stream<JsonRow> rows() {
        return NumberedLines.of(path).map(JsonRow::parse);
    }
}
