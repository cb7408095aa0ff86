package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.curate.Example;
import dev.caravan.curate.FileSource;
import dev.caravan.curate.SourceReader;
import dev.caravan.recipe.DataPlaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The rows that a command line names: files, folders of them, data sets of the hub. Each is a source. Rows keep
/// their own ids, and those of earlier commands and stages their sources. Can be read again and again.
record RowFiles(List<FileSource> sources) {
    static final String DESCRIPTION = "files of rows: jsonl, json, csv, tsv (each also .gz or .zst) or parquet; folders"
            + " of them; or data sets of the hub, hf:org/name or hf:org/name@revision";

    /// A file's name without its ending names the source, a data set's name does; the whole text where two have one
    /// name.
    static RowFiles of(List<String> texts) {
        List<String> names = texts.stream().map(RowFiles::name).toList();
        return new RowFiles(texts.stream()
                .map(text -> {
                    String name = name(text);
                    boolean unique = names.indexOf(name) == names.lastIndexOf(name);
                    return source(unique ? name : text, text);
                })
                .toList());
    }

    /// The same, unless a command that writes such files into a folder would write over one of them.
    ///
    /// @throws RecipeException when it would
    RowFiles apartFrom(Path out, String... written) {
        Path folder = out.toAbsolutePath().normalize();
        for (FileSource source : sources) {
            Path place = Path.of(source.path()).toAbsolutePath().normalize();
            boolean lost = Stream.of(written).map(folder::resolve).anyMatch(place::equals);
            if (lost || place.equals(folder)) {
                throw new RecipeException(
                        "--out %s would write over the source %s; name another folder".formatted(out, source.path()));
            }
        }
        return this;
    }

    /// One of them, under a name that is given.
    ///
    /// @throws RecipeException when it is not there
    static FileSource source(String name, String text) {
        Path path = DataPlaces.ofThisUser(System.err::println).of(text);
        if (!Files.isReadable(path)) throw new RecipeException(path + " does not exist or cannot be read");
        return FileSource.of(name, path.toString());
    }

    /// All rows, source by source; an id that comes again has a number behind it.
    Stream<Example> examples() {
        var reader = reader();
        return sources.stream().flatMap(reader::read);
    }

    /// The rows of one source.
    static Stream<Example> examples(FileSource source) {
        return reader().read(source);
    }

    static String name(String text) {
        return DataPlaces.nameOnHub(text).orElseGet(() -> FileSource.nameOf(Path.of(text)));
    }

    private static SourceReader reader() {
        return new SourceReader((source, row) -> {}, SourceReader.Origins.ROW);
    }
}
