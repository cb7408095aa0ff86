package dev.caravan.curate;

import dev.caravan.config.Default;
import dev.caravan.data.Conversation;
import dev.caravan.data.Prompt;
import dev.caravan.data.Skill;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Rows of a file: `.jsonl`, `.json`, `.csv` or `.tsv`, each also as `.gz` or `.zst`, or `.parquet`. The shape of
/// each row is recognised by its keys: `messages`, ShareGPT, Alpaca, Self-Instruct, prompt and completion, question and
/// answer, MATH, FLAN, OASST trees, HH-RLHF transcripts, `chosen` and `rejected`, or `ground_truth` and `dataset`.
///
/// @param name what rows call their source, and what their ids depend on
/// @param path a file or a folder of them, relative to where the command runs; or a stage, or a hub data set
/// @param shape that every row must have; absent: each row's own
/// @param licence under which the rows may be used, noted on every row
/// @param skill that the rows are meant to teach, noted on every row
/// @param badRows `{type: stop}`, or `{type: reject, share: 0.01}` to set some aside
public record FileSource(
        String name,
        String path,
        Optional<Shape> shape,
        Optional<String> licence,
        Optional<Skill> skill,
        @Default("{type: stop}") BadRows badRows)
        implements Source {
    public FileSource {
        if (name.isBlank()) throw new IllegalArgumentException("name must not be empty");
        if (path.isBlank()) throw new IllegalArgumentException("path must name a file, got an empty text");
    }

    /// A file of rows of any shape, none of which may be bad.
    public static FileSource of(String name, String path) {
        return new FileSource(name, path, Optional.empty(), Optional.empty(), Optional.empty(), new StopBadRows());
    }

    /// What to call the rows of a file: its name without what says its format.
    public static String nameOf(Path path) {
        return String.valueOf(path.getFileName()).replaceAll("\\.(jsonl|json|csv|tsv|parquet)(\\.(gz|zst))?$", "");
    }

    /// The same source where its file was found.
    public FileSource at(String place) {
        return new FileSource(name, place, shape, licence, skill, badRows);
    }

    public FileSource with(BadRows rule) {
        return new FileSource(name, path, shape, licence, skill, rule);
    }

    @Override
    public Stream<Conversation> conversations(long seed) {
        return new SourceReader().read(this).filter(Example::answered).map(Example::conversation);
    }

    @Override
    public Stream<Prompt> prompts(long seed) {
        return new SourceReader().read(this).map(Example::prompt);
    }
}
