package dev.caravan.cli;

import dev.caravan.RecipeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
/// [tools.jackson.core.JacksonException] becomes `{"id": …, "error": "line 7: …"}`; a result with an `error` key of
/// its own counts as such a row and keeps its other keys. Any other exception ends the tool.
final class RowTool {
    private static final int BAD_ROWS = 3;

    @Parameters(
            index = "0+",
            paramLabel = "FILE",
            arity = "0..*",
            description = "JSON lines; standard input when none is named")
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

    /// Answers up to `size` rows at a time, of those that `read` accepts: a row that it refuses costs the others
    /// nothing.
    ///
    /// @param answer returns one result a row, in order
    /// @return the exit status: 0, or 3 when a row was bad
    <T> int batches(int size, Function<ObjectNode, T> read, Function<List<T>, List<ObjectNode>> answer)
            throws IOException {
        return batches(size, rows -> {
            var results = new ArrayList<Optional<ObjectNode>>();
            var accepted = new ArrayList<T>();
            for (ObjectNode row : rows) {
                results.add(RowCopy.refusal(() -> accepted.add(read.apply(row))));
            }
            Iterator<ObjectNode> answers =
                    (accepted.isEmpty() ? List.<ObjectNode>of() : answer.apply(accepted)).iterator();
            return results.stream().map(error -> error.orElseGet(answers::next)).toList();
        });
    }

    private static void requireReadable(Path file) {
        if (Files.isDirectory(file)) throw new RecipeException(file + " is a folder; name a file of JSON lines");
        if (!Files.isReadable(file)) throw new RecipeException(file + " does not exist or cannot be read");
    }
}
