package dev.caravan.judge;

import dev.caravan.data.Message;
import dev.caravan.generate.Answer;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Question;
import dev.caravan.generate.Sampling;
import dev.caravan.generate.Watch;
import dev.caravan.text.Lowercase;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Questions to a judge whose reply is one of a few words. A reply that begins with none of them is asked for anew,
/// with other draws, [Judge#TRIES] times in all.
///
/// @param words in lower case, none the beginning of another
record ShortReplies(ChatModel model, List<String> words, long seed) {
    private static final int MAX_TOKENS = 8;

    /// A question.
    ///
    /// @param key names its draws
    record Asked(String key, String system, String user) {}

    /// What the judge said.
    ///
    /// @param share of the word in the probability of all the words; empty where the judge tells no
    ///     first tokens
    record Reply(String word, OptionalDouble share) {}

    /// A reply to each question; empty where none could be read.
    List<Optional<Reply>> to(List<Asked> asked, Watch watch) {
        return Retries.replies(asked.size(), new Asking(asked), model, seed, watch);
    }

    private final class Asking implements Retries.Asking<Optional<Reply>> {
        private final List<Asked> asked;

        Asking(List<Asked> asked) {
            this.asked = asked;
        }

        @Override
        public Question question(int index, int attempt) {
            Asked one = asked.get(index);
            return new Question.Decision(
                    Retries.key(one.key(), attempt), List.of(Message.system(one.system()), Message.user(one.user())));
        }

        /// The first reply is the likeliest one; a judge that then said nothing of use is asked to draw.
        @Override
        public Sampling sampling(int attempt) {
            return Sampling.at(attempt == 1 ? 0 : 1, MAX_TOKENS);
        }

        @Override
        public Optional<Reply> read(int index, Answer answer) {
            return ShortReplies.this.read(answer);
        }

        @Override
        public boolean isRead(Optional<Reply> reply) {
            return reply.isPresent();
        }
    }

    private Optional<Reply> read(Answer answer) {
        if (!(answer instanceof Answer.Written written)) return Optional.empty();
        String text = bare(written.text());
        return words.stream()
                .filter(text::startsWith)
                .findFirst()
                .map(word -> new Reply(word, share(word, written.beginnings())));
    }

    /// Without the marks that a word may stand in.
    private static String bare(String text) {
        return Lowercase.of(text.replaceAll("^[\\s*\"'`(\\[]++", ""));
    }

    /// Empty where the reply begins with another token than one of its word.
    private OptionalDouble share(String word, List<Answer.Beginning> beginnings) {
        double of = mass(word, beginnings);
        if (of == 0) return OptionalDouble.empty();
        double untold = untold(beginnings);
        double all = 0;
        for (String each : words) {
            double mass = mass(each, beginnings);
            all += mass == 0 ? untold : mass;
        }
        return OptionalDouble.of(of / all);
    }

    /// The probability of all tokens that are the word, or its beginning.
    private static double mass(String word, List<Answer.Beginning> beginnings) {
        return beginnings.stream()
                .filter(beginning -> begins(word, bare(beginning.text())))
                .mapToDouble(beginning -> Math.exp(beginning.logProb()))
                .sum();
    }

    private static boolean begins(String word, String token) {
        return !token.isEmpty() && (word.startsWith(token) || token.startsWith(word));
    }

    /// Of a token that is not told: no more than is left, and no more than the least likely one that is told.
    private static double untold(List<Answer.Beginning> beginnings) {
        double[] told = beginnings.stream()
                .mapToDouble(beginning -> Math.exp(beginning.logProb()))
                .toArray();
        double left = Math.max(0, 1 - Arrays.stream(told).sum());
        return Math.min(left, Arrays.stream(told).min().orElse(left));
    }
}
