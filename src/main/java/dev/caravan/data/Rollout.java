package dev.caravan.data;

import java.util.List;

/// One prompt with its group of completions and their verdicts: what reinforcement learning, the judge and the log
/// store.
public record Rollout(Prompt prompt, List<Completion> completions, List<Verdict> verdicts) {
    public Rollout {
        completions = List.copyOf(completions);
        verdicts = List.copyOf(verdicts);
    }
}
