package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.curate.JsonLinesSource;
import dev.caravan.data.Conversation;
import dev.caravan.data.Prompt;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Files of rows that a command line names, each a source under the file's name. Can be read again and again.
record RowFiles(List<JsonLinesSource> sources) {
    private static final String ENDINGS = "\\.(jsonl?|ndjson)(\\.gz)?$";

    /// A file's name without its ending names the source; its whole path does when two files have one name.
    ///
    /// @throws RecipeException when one of them is not there
    static RowFiles of(List<Path> files) {
        files.forEach(RowFiles::requireReadable);
        List<String> names = files.stream().map(RowFiles::name).toList();
        return new RowFiles(files.stream()
                .map(file -> {
                    String name = name(file);
                    boolean unique = names.indexOf(name) == names.lastIndexOf(name);
                    return new JsonLinesSource(unique ? name : file.toString(), file.toString());
                })
                .toList());
    }

    List<String> names() {
        return sources.stream().map(JsonLinesSource::name).toList();
    }

    /// All rows, file by file. The stream holds a file open until it is closed or has ended.
    Stream<Conversation> conversations() {
        return sources.stream().flatMap(RowFiles::conversations);
    }

    /// The rows of one file. Where a stage or a command of ours wrote it, they keep their ids and sources.
    static Stream<Conversation> conversations(JsonLinesSource source) {
        Path file = Path.of(source.path());
        return isOurs(file) ? JsonLines.rows(file, Conversation.class) : source.conversations();
    }

    /// As [#conversations(JsonLinesSource)], of prompts.
    static Stream<Prompt> prompts(JsonLinesSource source) {
        Path file = Path.of(source.path());
        return isOurs(file) ? JsonLines.rows(file, Prompt.class) : source.prompts();
    }

    /// Whether a stage or a command of ours wrote the file.
    static boolean isOurs(JsonLinesSource source) {
        return isOurs(Path.of(source.path()));
    }

    private static boolean isOurs(Path file) {
        try (Stream<Line> lines = JsonLines.lines(file)) {
            return lines.findFirst().map(Line::tree).filter(RowFiles::isOurs).isPresent();
        }
    }

    private static boolean isOurs(JsonNode row) {
        return row.path("id").isString()
                && row.path("source").isString()
                && row.path("messages").isArray();
    }

    static String name(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst(ENDINGS, "");
    }

    static void requireReadable(Path file) {
        if (Files.isDirectory(file)) throw new RecipeException(file + " is a folder; name a file of JSON lines");
        if (!Files.isReadable(file)) throw new RecipeException(file + " does not exist or cannot be read");
    }
}
