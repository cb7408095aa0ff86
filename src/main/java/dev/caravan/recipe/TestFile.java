package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.curate.TestItem;
import dev.caravan.curate.TestItemFile;
import java.nio.file.Path;
import java.util.List;

/// Test items that are no task of their own: a file of rows, or a folder of them.
///
/// @param name what the table calls them
/// @param data where they are
/// @param fields keys whose texts are compared; numbers count the columns of a table without a header; when none is
///     named, the key under which evaluation sets usually keep their prompts
public record TestFile(
        String name, Reference data, @Default("[]") List<String> fields) {
    public TestFile {
        if (name.isBlank()) throw new IllegalArgumentException("name must not be empty");
        fields = List.copyOf(fields);
    }

    List<TestItem> items(Path path) {
        return new TestItemFile(name, path, fields).items();
    }
}
