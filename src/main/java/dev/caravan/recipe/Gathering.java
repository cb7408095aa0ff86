package dev.caravan.recipe;

import dev.caravan.curate.BadRow;
import dev.caravan.curate.Curation;
import dev.caravan.curate.Example;
import dev.caravan.curate.FileSource;
import dev.caravan.curate.Source;
import dev.caravan.curate.SourceReader;
import dev.caravan.curate.Statistics;
import dev.caravan.data.Conversation;
import dev.caravan.data.PreferencePair;
import dev.caravan.data.Prompt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What the sources of a stage gave, in their order. Each row of a file is a prompt, and a conversation too where it
/// has an answer.
final class Gathering {
    private final long seed;
    private final List<Conversation> conversations = new ArrayList<>();
    private final List<Prompt> prompts = new ArrayList<>();
    private final List<PreferencePair> pairs = new ArrayList<>();
    private final List<BadRow> bad = new ArrayList<>();
    private final List<RowOrigin> origins = new ArrayList<>();
    private final Statistics statistics;
    private final SourceReader reader = new SourceReader(this::addBad);
    private final Set<String> promptOnly = new HashSet<>(); // ids

    Gathering(long seed, Statistics statistics) {
        this.seed = seed;
        this.statistics = statistics;
    }

    /// @param reference the file as the recipe names it
    void add(FileSource file, String reference) {
        try (Stream<Example> rows = reader.read(file)) {
            rows.forEach(row -> {
                origins.add(RowOrigin.of(row, file.path(), reference));
                add(row);
            });
        }
    }

    void addGenerated(Source source) {
        try (Stream<Conversation> rows = source.conversations(seed);
                Stream<Prompt> questions = source.prompts(seed)) {
            rows.peek(statistics::read).forEach(conversations::add);
            questions.forEach(prompts::add);
        }
    }

    List<Conversation> conversations() {
        return conversations;
    }

    List<Prompt> prompts() {
        return prompts;
    }

    List<PreferencePair> pairs() {
        return pairs;
    }

    List<BadRow> bad() {
        return bad;
    }

    /// Where the rows of files stood; generated rows have no such place.
    List<RowOrigin> origins() {
        return origins;
    }

    Statistics statistics() {
        return statistics;
    }

    /// Whether the row of a file has no answer, so that it is nothing but a prompt.
    boolean isPromptOnly(String id) {
        return promptOnly.contains(id);
    }

    private void add(Example row) {
        statistics.read(row.conversation());
        prompts.add(row.prompt());
        row.pair().ifPresent(pairs::add);
        if (row.answered()) {
            conversations.add(row.conversation());
        } else {
            promptOnly.add(row.id());
        }
    }

    private void addBad(FileSource source, BadRow row) {
        bad.add(row);
        statistics.bad(source.name(), Curation.BAD_ROW);
    }
}
