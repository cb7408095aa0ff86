package dev.caravan.judge;

import dev.caravan.DataException;
import dev.caravan.data.Message;
import dev.caravan.generate.Answer;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Question;
import dev.caravan.generate.Sampling;
import dev.caravan.generate.Template;
import dev.caravan.generate.Watch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Rates texts by asking a model, one question an aspect that holds all texts of a comparison. A reply that cannot be
/// read is asked for anew, with other draws, [#TRIES] times in all; then the comparison has no ratings.
///
/// @param prompts a folder with files that take the place of ours of their name, such as `honesty.txt`
public record Judge(ChatModel model, List<Aspect> aspects, Optional<Path> prompts, Sampling sampling, long seed) {
    static final int TRIES = 3;

    public Judge {
        aspects = List.copyOf(aspects);
        if (aspects.isEmpty()) throw new IllegalArgumentException("aspects must name at least one");
    }

    /// One rating to be asked for.
    private record Ask(int comparison, String key, String user, RatingBlocks form) {}

    /// The ratings of each comparison, in order.
    public List<Rated> rate(List<Comparison> comparisons, Watch watch) {
        var asks = new ArrayList<Ask>();
        for (int i = 0; i < comparisons.size(); i++) {
            for (Aspect aspect : aspects) asks.add(ask(comparisons.get(i), i, aspect));
        }
        List<RatingBlocks.Read> reads = replies(asks, watch);
        var rated = new ArrayList<Rated>();
        for (int i = 0; i < comparisons.size(); i++) {
            rated.add(rated(reads.subList(i * aspects.size(), (i + 1) * aspects.size())));
        }
        return rated;
    }

    private Ask ask(Comparison comparison, int index, Aspect aspect) {
        var form = new RatingBlocks("Text", comparison.texts().size(), 1, 5, aspect.mayNotApply());
        String file = aspect.word() + ".txt";
        Template template = Template.of(file, text(prompts, file), Set.of("form", "instruction", "texts"));
        String user = template.filled(Map.of(
                "form", form.form(),
                "instruction", comparison.instruction(),
                "texts", RatingBlocks.marked(comparison.texts())));
        return new Ask(index, comparison.id() + "/" + aspect.word(), user, form);
    }

    private Rated rated(List<RatingBlocks.Read> reads) {
        var byAspect = new LinkedHashMap<Aspect, List<OptionalInt>>();
        for (int i = 0; i < aspects.size(); i++) {
            switch (reads.get(i)) {
                case RatingBlocks.Read.Ratings(var values) -> byAspect.put(aspects.get(i), values);
                case RatingBlocks.Read.Nonsense(var because) -> {
                    return new Rated.Failed(aspects.get(i).word() + ": " + because);
                }
            }
        }
        return new Rated.Ratings(byAspect);
    }

    /// What one question comes to, such as the criteria of a rubric.
    List<RatingBlocks.Read> replies(List<String> keys, List<String> users, List<RatingBlocks> forms, Watch watch) {
        var asks = new ArrayList<Ask>();
        for (int i = 0; i < keys.size(); i++) asks.add(new Ask(i, keys.get(i), users.get(i), forms.get(i)));
        return replies(asks, watch);
    }

    private List<RatingBlocks.Read> replies(List<Ask> asks, Watch watch) {
        return Retries.replies(asks.size(), new Asking(asks), model, seed, watch);
    }

    private final class Asking implements Retries.Asking<RatingBlocks.Read> {
        private final List<Ask> asks;

        Asking(List<Ask> asks) {
            this.asks = asks;
        }

        @Override
        public Question question(int index, int attempt) {
            Ask ask = asks.get(index);
            String system = text(prompts, "system.txt").strip();
            return new Question.Chat(
                    Retries.key(ask.key(), attempt), List.of(Message.system(system), Message.user(ask.user())), 1);
        }

        @Override
        public Sampling sampling(int attempt) {
            return sampling;
        }

        @Override
        public RatingBlocks.Read read(int index, Answer answer) {
            return Judge.read(asks.get(index).form(), answer);
        }

        @Override
        public boolean isRead(RatingBlocks.Read reply) {
            return reply instanceof RatingBlocks.Read.Ratings;
        }
    }

    private static RatingBlocks.Read read(RatingBlocks form, Answer answer) {
        return switch (answer) {
            case Answer.Written written -> form.read(written.text());
            case Answer.Failed(var because) -> new RatingBlocks.Read.Nonsense(because);
        };
    }

    /// A prompt file, the user's own where there is one.
    static String text(Optional<Path> folder, String name) {
        Optional<Path> own = folder.map(path -> path.resolve(name)).filter(Files::exists);
        try {
            if (own.isPresent()) return Files.readString(own.get());
            try (InputStream in = Judge.class.getResourceAsStream(name)) {
                if (in == null) throw new DataException("there is no prompt file or rubric " + name);
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new DataException("cannot read " + own.map(Path::toString).orElse(name) + ": " + e.getMessage(), e);
        }
    }
}
