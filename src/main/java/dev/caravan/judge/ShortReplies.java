package dev.caravan.judge;

import dev.caravan.data.Message;
import dev.caravan.generate.Answer;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Question;
import dev.caravan.generate.Sampling;
import dev.caravan.generate.Watch;
import dev.caravan.text.Lowercase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    /// @param logProb of the reply's first token; empty where the judge does not tell it
    record Reply(String word, Optional<Double> logProb) {}

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
        return new Question.Chat(key, List.of(Message.system(asked.system()), Message.user(asked.user())), 1);
    }

    /// The first reply is the likeliest one; a judge that then said nothing of use is asked to draw.
    private static Sampling sampling(int attempt) {
        return new Sampling(MAX_TOKENS, attempt == 1 ? 0 : 1, 0, 1, 0, 1, List.of(), false);
    }

    private Optional<Reply> read(Answer answer) {
        if (!(answer instanceof Answer.Written written)) return Optional.empty();
        String text = Lowercase.of(written.text().replaceAll("^[\\s*\"'`(\\[]++", ""));
        Optional<Double> logProb = written.logProbs().stream().findFirst().map(Float::doubleValue);
        return words.stream().filter(text::startsWith).findFirst().map(word -> new Reply(word, logProb));
    }
}
