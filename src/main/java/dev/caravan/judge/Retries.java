package dev.caravan.judge;

import dev.caravan.generate.Answer;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Question;
import dev.caravan.generate.Sampling;
import dev.caravan.generate.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Questions to a judge. One whose reply cannot be read is asked anew, [Judge#TRIES] times in all.
final class Retries {
    private Retries() {}

    /// What is asked, and how a reply is read.
    interface Asking<R> {
        /// @param attempt from 1 on
        Question question(int index, int attempt);

        Sampling sampling(int attempt);

        R read(int index, Answer answer);

        /// Whether what was read is of use.
        boolean isRead(R reply);
    }

    /// The key of a question's draws: other ones at every attempt.
    static String key(String first, int attempt) {
        return attempt == 1 ? first : first + "/try-" + attempt;
    }

    /// What was read of the last reply to each of so many questions.
    static <R> List<R> replies(int questions, Asking<R> asking, ChatModel model, long seed, Watch watch) {
        var replies = new ArrayList<R>();
        var open = new ArrayList<>(IntStream.range(0, questions).boxed().toList());
        for (int attempt = 1; attempt <= Judge.TRIES && !open.isEmpty(); attempt++) {
            int now = attempt;
            List<Question> asked =
                    open.stream().map(i -> asking.question(i, now)).toList();
            List<Answer> answers = model.firstAnswers(asked, asking.sampling(attempt), seed, watch);
            for (int i = 0; i < answers.size(); i++) {
                R reply = asking.read(open.get(i), answers.get(i));
                if (attempt == 1) replies.add(reply);
                else replies.set(open.get(i), reply);
            }
            open.removeIf(i -> asking.isRead(replies.get(i)));
        }
        return replies;
    }
}
