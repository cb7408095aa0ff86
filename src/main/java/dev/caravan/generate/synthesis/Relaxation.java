package dev.caravan.generate.synthesis;

import dev.caravan.data.KeyedRandom;
import dev.caravan.data.PreferencePair;
import dev.caravan.data.Verdict;
import dev.caravan.generate.Answer;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Question;
import dev.caravan.generate.Sampling;
import dev.caravan.generate.Watch;
import dev.caravan.verify.instructions.Constraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Preference pairs from prompts with two constraints or more: the rejected answer is one to the prompt without one of
/// them ([section 5.2.1](https://arxiv.org/abs/2411.15124)).
///
/// @param verified whether the rejected answer must break a constraint of the whole prompt
record Relaxation(PromptFiles prompts, Sampling sampling, boolean verified, long seed) {
    private static final String FEW = "fewer than two constraints";

    /// A pair, or the key under which it is counted that there is none.
    sealed interface Result {
        record Paired(PreferencePair pair) implements Result {}

        record None(String reason) implements Result {}
    }

    private record Relaxed(Outcome.Made made, Constraint dropped, String request) {}

    List<Result> pairs(List<Outcome.Made> rows, ChatModel model, Watch watch) {
        List<Outcome.Made> rich = rows.stream()
                .filter(row -> row.draft().constraints().size() > 1)
                .toList();
        var results = new ArrayList<Result>();
        rows.stream().skip(rich.size()).forEach(_ -> results.add(new Result.None(FEW)));
        List<Answer> rewritten =
                model.firstAnswers(rich.stream().map(this::rewriting).toList(), sampling, seed, watch);
        var relaxed = new ArrayList<Relaxed>();
        for (int i = 0; i < rich.size(); i++) {
            Optional<String> request = request(rewritten.get(i));
            Outcome.Made row = rich.get(i);
            request.ifPresentOrElse(
                    text -> relaxed.add(new Relaxed(row, dropped(row), text)),
                    () -> results.add(new Result.None("the prompt was not rewritten")));
        }
        List<Answer> answers =
                model.firstAnswers(relaxed.stream().map(this::answering).toList(), sampling, seed, watch);
        for (int i = 0; i < relaxed.size(); i++) {
            results.add(paired(relaxed.get(i), answers.get(i)));
        }
        return results;
    }

    private Question rewriting(Outcome.Made row) {
        Map<String, String> values =
                Map.of("instruction", row.request(), "dropped", dropped(row).sentence());
        return prompts.question(row.draft().id() + "/relaxed", prompts.relaxed().filled(values), 1);
    }

    private Question answering(Relaxed relaxed) {
        String ask = prompts.answer(Kind.INSTRUCTIONS).filled(Map.of("problem", relaxed.request()));
        return Question.of(relaxed.made().draft().id() + "/relaxed-answer", ask);
    }

    private Constraint dropped(Outcome.Made row) {
        List<Constraint> constraints = row.draft().constraints();
        return constraints.get(KeyedRandom.of(seed, "relaxed", row.draft().id()).nextInt(constraints.size()));
    }

    private static Optional<String> request(Answer answer) {
        return Objection.to(answer).isPresent()
                ? Optional.empty()
                : WrittenPrompts.behind(Kind.INSTRUCTIONS.tag(), Objection.text(answer))
                        .filter(text -> !text.isEmpty());
    }

    private Result paired(Relaxed relaxed, Answer answer) {
        if (Objection.to(answer).isPresent()) return new Result.None("the relaxed prompt was not answered");
        Outcome.Made row = relaxed.made();
        String rejected = Objection.text(answer).strip();
        Verdict verdict = Responses.follows(row.draft().constraints(), row.request(), rejected);
        if (verified && !(verdict instanceof Verdict.Scored scored && !scored.correct())) {
            return new Result.None("the relaxed answer follows every constraint");
        }
        return new Result.Paired(new PreferencePair(
                row.draft().id(),
                row.conversation().source(),
                row.prompt().messages(),
                row.response(),
                rejected,
                "rejected answers the prompt without '" + relaxed.dropped().sentence() + "'",
                Optional.empty(),
                row.conversation().skill(),
                Optional.empty()));
    }
}
