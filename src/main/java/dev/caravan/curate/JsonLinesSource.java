package dev.caravan.curate;

import dev.caravan.RecipeException;
import dev.caravan.data.Conversation;
import dev.caravan.data.Prompt;
import java.util.stream.Stream;

/// Rows of a file of which nothing but the path is known, in a format and shapes that [FileSource] reads.
///
/// A bad row is a [dev.caravan.DataException] that names file, line and rule.
///
/// @param path the file, relative to the working directory
public record JsonLinesSource(String name, String path) {
    public JsonLinesSource {
        if (path.isBlank()) {
            throw new RecipeException("path must name a file, got an empty text");
        }
    }

    public Stream<Conversation> conversations() {
        return FileSource.of(name, path).conversations(0);
    }

    public Stream<Prompt> prompts() {
        return FileSource.of(name, path).prompts(0);
    }
}
