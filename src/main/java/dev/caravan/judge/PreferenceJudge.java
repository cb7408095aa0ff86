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
/// The score is how surely the judge prefers the answer to the baseline: where the judge tells with what it might
/// have begun, the share of the answer's number in the probability of both, as
/// [AlpacaEval 2](https://arxiv.org/abs/2404.04475) weighs its own; else 1 or 0 by the text of its reply. The
/// judgement tells as `decided_by` which of the two it was.
///
/// @param prompts a folder with files that take the place of ours of their name
public record PreferenceJudge(ChatModel model, Optional<Path> prompts, long seed) {
    /// The detail of a judgement that tells what it goes by: `log_probabilities` or `text`.
    public static final String DECIDED_BY = "decided_by";

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
        double share = reply.get().share().orElse(1);
        String because = preferred ? "preferred to the baseline" : "the baseline is preferred";
        var details = new LinkedHashMap<String, Object>();
        details.put(DECIDED_BY, reply.get().share().isPresent() ? "log_probabilities" : "text");
        return new Judgement(
                new Verdict.Scored(preferred ? share : 1 - share, because),
                Optional.of(reply.get().word()),
                details);
    }
}
