package dev.caravan.judge;

import dev.caravan.data.Draws;
import dev.caravan.data.Verdict;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Template;
import dev.caravan.generate.Watch;
import dev.caravan.verify.Judgement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which of two answers to an instruction is better, by asking a model, in an order that depends on the pair alone.
/// The score is how surely the judge prefers the answer to the baseline: 1 or 0, or, where the judge tells the
/// probability of its reply, that probability, as [AlpacaEval 2](https://arxiv.org/abs/2404.04475) weighs its own.
///
/// @param prompts a folder with files that take the place of ours of their name
public record PreferenceJudge(ChatModel model, Optional<Path> prompts, long seed) {
    private static final String FILE = "preference.txt";

    /// Two answers to one instruction.
    ///
    /// @param key names the draws
    /// @param reference what a good answer says, for the judge to compare with
    public record Pair(String key, String instruction, String baseline, String answer, Optional<String> reference) {}

    /// A judgement of each pair, in order.
    public List<Judgement> judge(List<Pair> pairs, Watch watch) {
        Template template = Template.of(FILE, Judge.text(prompts, FILE), Set.of("instruction", "reference", "texts"));
        List<Optional<ShortReplies.Reply>> replies = new ShortReplies(model, List.of("1", "2"), seed)
                .to(pairs.stream().map(pair -> asked(pair, template)).toList(), watch);
        var judgements = new ArrayList<Judgement>();
        for (int i = 0; i < pairs.size(); i++) judgements.add(judgement(pairs.get(i), replies.get(i)));
        return judgements;
    }

    private ShortReplies.Asked asked(Pair pair, Template template) {
        List<String> texts =
                answerFirst(pair) ? List.of(pair.answer(), pair.baseline()) : List.of(pair.baseline(), pair.answer());
        String user = template.filled(Map.of(
                "instruction", pair.instruction(),
                "reference",
                        pair.reference()
                                .map(text -> "A good answer, for comparison:\n" + text + "\n\n")
                                .orElse(""),
                "texts", RatingBlocks.marked(texts)));
        return new ShortReplies.Asked(
                pair.key() + "/preference",
                Judge.text(prompts, "system-decide.txt").strip(),
                user);
    }

    private boolean answerFirst(Pair pair) {
        return new Draws(seed, "preference/" + pair.key()).uniform(0) < 0.5;
    }

    private Judgement judgement(Pair pair, Optional<ShortReplies.Reply> reply) {
        if (reply.isEmpty()) {
            var failed = new Verdict.Failed("the judge names neither text in %d replies".formatted(Judge.TRIES));
            return new Judgement(failed, Optional.empty(), new LinkedHashMap<>());
        }
        boolean preferred = reply.get().word().equals("1") == answerFirst(pair);
        // a reply with less than a half is still the likelier of the two
        double sure = reply.get()
                .logProb()
                .map(Math::exp)
                .map(p -> Math.clamp(p, 0.5, 1))
                .orElse(1.0);
        double score = preferred ? sure : 1 - sure;
        String because = preferred ? "preferred to the baseline" : "the baseline is preferred";
        return new Judgement(
                new Verdict.Scored(score, because), Optional.of(reply.get().word()), new LinkedHashMap<>());
    }
}
