package dev.caravan.curate;

import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import dev.caravan.data.Skill;
import dev.caravan.text.Tokenizer;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The numbers of rows on their way through curation, by source. Keeps a few bytes a row.
public final class Statistics implements Serializable {
    private final LinkedHashMap<String, Tally> sources = new LinkedHashMap<>();
    private final transient Optional<ToIntFunction<String>> tokens; // of no use to one that was sent elsewhere

    /// Numbers without those of tokens.
    public Statistics() {
        this(Optional.empty());
    }

    /// @param tokens counts the tokens of a text
    public Statistics(Optional<ToIntFunction<String>> tokens) {
        this.tokens = tokens;
    }

    /// Numbers with those of a tokenizer's tokens.
    ///
    /// @param tokenizer a model's folder, or its `tokenizer.json`
    public static Statistics withTokens(Path tokenizer) {
        Tokenizer loaded = Files.isDirectory(tokenizer) ? Tokenizer.ofModel(tokenizer) : Tokenizer.load(tokenizer);
        return new Statistics(Optional.of(text -> loaded.encode(text).length));
    }

    /// Counts a row that was read.
    public void read(Conversation row) {
        tally(row.source()).read(row, tokens);
    }

    /// Counts a row as left out, after it was [read][#read].
    public void reject(Conversation row, String reason) {
        tally(row.source()).rejected.merge(reason, 1L, Long::sum);
    }

    /// Counts a row that could not be read.
    public void bad(String source, String reason) {
        Tally tally = tally(source);
        tally.rows++;
        tally.rejected.merge(reason, 1L, Long::sum);
    }

    /// Counts what was counted elsewhere, as of rows behind those that this one counted.
    public void addAll(Statistics others) {
        others.sources.forEach((source, tally) -> tally(source).addAll(tally));
    }

    /// In the order in which the sources first came up.
    public List<SourceStatistics> bySource() {
        return sources.entrySet().stream()
                .map(source -> source.getValue().figures(source.getKey()))
                .toList();
    }

    private Tally tally(String source) {
        return sources.computeIfAbsent(source, _ -> new Tally());
    }

    private static int words(String text) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean space = Character.isWhitespace(text.charAt(i));
            if (!space && !inside) words++;
            inside = !space;
        }
        return words;
    }

    private static final class Tally implements Serializable {
        private final TreeMap<String, Long> rejected = new TreeMap<>();
        private final IntArrayList turns = new IntArrayList();
        private final IntArrayList tokens = new IntArrayList();
        private final IntArrayList words = new IntArrayList();
        private final IntArrayList characters = new IntArrayList();
        private @Nullable String licence;
        private @Nullable Skill skill;
        private long rows;

        void read(Conversation row, Optional<ToIntFunction<String>> counted) {
            rows++;
            if (licence == null) licence = row.licence().orElse(null);
            if (skill == null) skill = row.skill().orElse(null);
            List<String> texts = row.messages().stream().map(Message::content).toList();
            turns.add(texts.size());
            counted.ifPresent(count -> tokens.add(texts.stream().mapToInt(count).sum()));
            words.add(texts.stream().mapToInt(Statistics::words).sum());
            characters.add(texts.stream().mapToInt(String::length).sum());
        }

        void addAll(Tally others) {
            rows += others.rows;
            if (licence == null) licence = others.licence;
            if (skill == null) skill = others.skill;
            others.rejected.forEach((reason, number) -> rejected.merge(reason, number, Long::sum));
            turns.addAll(others.turns);
            tokens.addAll(others.tokens);
            words.addAll(others.words);
            characters.addAll(others.characters);
        }

        SourceStatistics figures(String source) {
            long left = rejected.values().stream().mapToLong(Long::longValue).sum();
            return new SourceStatistics(
                    source,
                    Optional.ofNullable(licence),
                    Optional.ofNullable(skill),
                    rows,
                    rows - left,
                    rejected,
                    Distribution.of(turns),
                    tokens.isEmpty() ? Optional.empty() : Optional.of(Distribution.of(tokens)),
                    Distribution.of(words),
                    Distribution.of(characters));
        }
    }
}
