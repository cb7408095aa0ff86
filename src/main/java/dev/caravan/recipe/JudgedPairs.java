package dev.caravan.recipe;

import dev.caravan.data.Completion;
import dev.caravan.data.Prompt;
import dev.caravan.data.Rollout;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Watch;
import dev.caravan.io.JsonLines;
import dev.caravan.judge.Comparison;
import dev.caravan.judge.PairSelection;
import dev.caravan.judge.Rated;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Pairs from the ratings of a judge. Of equal answers to a prompt one is rated.
record JudgedPairs(JudgeSettings settings, StageRun run) {
    List<PairSelection> of(List<Rollout> rollouts) {
        List<Comparison> comparisons =
                rollouts.stream().map(JudgedPairs::comparison).toList();
        List<Comparison> open =
                comparisons.stream().filter(one -> one.texts().size() > 1).toList();
        List<Rated> rated;
        try (ChatModel model = settings.answering("judge.model").open(run)) {
            rated = settings.judge(model, run.seed()).rate(open, new Watch(run.progress(), run.interrupt()));
            model.numbers().forEach((name, number) -> run.counts().note("judge: " + name, number.longValue()));
        }
        write(open, rated);
        var selections = new ArrayList<PairSelection>();
        int next = 0;
        for (int i = 0; i < rollouts.size(); i++) {
            selections.add(
                    comparisons.get(i).texts().size() > 1
                            ? selection(rollouts.get(i).prompt(), comparisons.get(i), rated.get(next++))
                            : new PairSelection.None(
                                    rollouts.get(i).completions().size() < 2
                                            ? "fewer than two answers"
                                            : "all answers the same"));
        }
        return selections;
    }

    private static Comparison comparison(Rollout rollout) {
        List<String> texts = rollout.completions().stream()
                .map(Completion::text)
                .filter(text -> !text.isBlank())
                .distinct()
                .toList();
        return new Comparison(rollout.prompt().id(), rollout.prompt().messages(), texts);
    }

    private PairSelection selection(Prompt prompt, Comparison comparison, Rated rated) {
        return switch (rated) {
            case Rated.Ratings ratings ->
                PairSelection.of(prompt, comparison.texts(), means(comparison, ratings), run.seed());
            case Rated.Failed _ -> new PairSelection.None("the judge's reply cannot be read");
        };
    }

    private static List<OptionalDouble> means(Comparison comparison, Rated.Ratings ratings) {
        return IntStream.range(0, comparison.texts().size())
                .mapToObj(ratings::mean)
                .toList();
    }

    private void write(List<Comparison> comparisons, List<Rated> rated) {
        JsonLines.write(
                run.store(),
                run.folder().resolve("ratings.jsonl"),
                IntStream.range(0, rated.size()).mapToObj(i -> line(comparisons.get(i), rated.get(i))));
    }

    private static Map<String, Object> line(Comparison comparison, Rated rated) {
        var line = new LinkedHashMap<String, Object>();
        line.put("id", comparison.id());
        line.put("texts", comparison.texts());
        switch (rated) {
            case Rated.Ratings ratings ->
                line.put(
                        "ratings",
                        IntStream.range(0, comparison.texts().size())
                                .mapToObj(ratings::of)
                                .toList());
            case Rated.Failed(var because) -> line.put("error", because);
        }
        return line;
    }
}
