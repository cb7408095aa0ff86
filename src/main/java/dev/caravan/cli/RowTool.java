package dev.caravan.cli;

import dev.caravan.RecipeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// JSON lines in, JSON lines out, in the same order: the mixin of every command that maps rows to rows.
///
/// ```java
/// @Mixin private final RowTool rows = new RowTool();
///
/// public Integer call() throws IOException {
///     return rows.each(row -> answer(row));
/// }
/// ```
///
/// A row that the function refuses with a [dev.caravan.DataException], an [IllegalArgumentException] or a
/// [tools.jackson.core.JacksonException] becomes `{"id": …, "error": "line 7: …"}`; a result with an `error` key of its
/// own counts as such a row and keeps its other keys. Any other exception ends the tool.
final class RowTool {
    private static final int BAD_ROWS = 3;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "JSON lines; standard input when none is named")
    private List<Path> files = List.of();

    /// Answers each row by itself.
    ///
    /// @return the exit status: 0, or 3 when a row was bad
    int each(UnaryOperator<ObjectNode> function) throws IOException {
        return batches(1, rows -> List.of(function.apply(rows.getFirst())));
    }

    /// Answers up to `size` rows at a time; the function returns one result a row, in order. A batch that fails is
    /// tried again row by row, so that only the bad row pays.
    ///
    /// @return the exit status: 0, or 3 when a row was bad
    int batches(int size, UnaryOperator<List<ObjectNode>> function) throws IOException {
        files.forEach(RowTool::requireReadable);
        var copy = new RowCopy(System.out, size, function);
        if (files.isEmpty()) copy.from(System.in, "");
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                copy.from(in, files.size() == 1 ? "" : file + " ");
            }
        }
        return copy.sawBadRow() ? BAD_ROWS : 0;
    }

    private static void requireReadable(Path file) {
        if (Files.isDirectory(file)) throw new RecipeException(file + " is a folder; name a file of JSON lines");
        if (!Files.isReadable(file)) throw new RecipeException(file + " does not exist or cannot be read");
    }
}
