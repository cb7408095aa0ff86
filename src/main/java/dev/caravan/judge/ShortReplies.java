package dev.caravan.judge;

import dev.caravan.data.Message;
import dev.caravan.generate.Answer;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Question;
import dev.caravan.generate.Sampling;
import dev.caravan.generate.Watch;
import dev.caravan.text.Lowercase;
import java.util.ArrayList;
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
        var replies = new ArrayList<Optional<Reply>>();
        var open = new ArrayList<Integer>();
        for (int i = 0; i < asked.size(); i++) {
            replies.add(Optional.empty());
            open.add(i);
        }
        for (int attempt = 1; attempt <= Judge.TRIES && !open.isEmpty(); attempt++) {
            int now = attempt;
            List<Question> questions =
                    open.stream().map(i -> question(asked.get(i), now)).toList();
            List<Answer> answers = model.firstAnswers(questions, sampling(attempt), seed, watch);
            for (int i = 0; i < answers.size(); i++) replies.set(open.get(i), read(answers.get(i)));
            open.removeIf(i -> replies.get(i).isPresent());
        }
        return replies;
    }

    private static Question question(Asked asked, int attempt) {
        String key = attempt == 1 ? asked.key() : asked.key() + "/try-" + attempt;
        return new Question.Decision(key, List.of(Message.system(asked.system()), Message.user(asked.user())));
    }

    /// The first reply is the likeliest one; a judge that then said nothing of use is asked to draw.
    private static Sampling sampling(int attempt) {
        return new Sampling(MAX_TOKENS, attempt == 1 ? 0 : 1, 0, 1, 0, 1, List.of(), false);
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
