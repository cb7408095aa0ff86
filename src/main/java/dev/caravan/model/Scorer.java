package dev.caravan.model;

import dev.caravan.tensor.Scope;
import java.util.ArrayList;
import java.util.List;

/// Log-probabilities and values of given tokens, without gradients: reference model, old policy, multiple choice.
public final class Scorer {
    private final int tokensAtOnce;

    /// @param tokensAtOnce tokens of one forward pass at most (a longer group still goes through alone)
    public Scorer(int tokensAtOnce) {
        this.tokensAtOnce = tokensAtOnce;
    }

    /// ln π of each predicted token, for each sequence of each group, under logits / temperature.
    public List<float[]> logProbs(CausalLm model, List<List<Sequence>> groups, double temperature) {
        var scores = new ArrayList<float[]>();
        for (List<List<Sequence>> part : parts(groups, tokensAtOnce)) {
            try (var _ = Scope.open()) {
                var batch = SequenceBatch.ofGroups(part);
                var all = model.head().logProbs(model.hidden(batch.batch()), batch.predictions(), temperature);
                for (int i = 0; i < batch.sequences(); i++) {
                    scores.add(batch.of(i, all));
                }
            }
        }
        return scores;
    }

    /// The head's number at the last token of each sequence: the reward of a conversation.
    public float[] lastValues(ValueModel model, List<int[]> sequences) {
        var values = new float[sequences.size()];
        for (int i = 0; i < values.length; i++) {
            try (var _ = Scope.open()) {
                int[] ids = sequences.get(i);
                values[i] =
                        model.head().values(model.hidden(FlatBatch.of(List.of(ids))), new int[] {ids.length - 1})[0];
            }
        }
        return values;
    }

    /// The head's number at positions `first[i]` … `first[i] + count[i] − 1` of each sequence.
    public List<float[]> values(ValueModel model, List<List<Sequence>> groups, int[] first, int[] count) {
        var values = new ArrayList<float[]>();
        for (List<List<Sequence>> part : parts(groups, tokensAtOnce)) {
            try (var _ = Scope.open()) {
                var batch = SequenceBatch.ofGroups(part);
                var hidden = model.hidden(batch.batch());
                for (int i = 0; i < batch.sequences(); i++) {
                    int at = values.size();
                    values.add(model.head().values(hidden, rows(batch, i, first[at], count[at])));
                }
            }
        }
        return values;
    }

    /// The rows of consecutive positions of a sequence.
    public static int[] rows(SequenceBatch batch, int sequence, int first, int count) {
        var rows = new int[count];
        for (int t = 0; t < count; t++) {
            rows[t] = batch.row(sequence, first + t);
        }
        return rows;
    }

    /// Consecutive groups under a token budget.
    public static List<List<List<Sequence>>> parts(List<List<Sequence>> groups, int tokens) {
        var parts = new ArrayList<List<List<Sequence>>>();
        var part = new ArrayList<List<Sequence>>();
        int size = 0;
        for (List<Sequence> group : groups) {
            int more = group.stream().mapToInt(s -> s.ids().length).sum();
            if (!part.isEmpty() && size + more > tokens) {
                parts.add(List.copyOf(part));
                part.clear();
                size = 0;
            }
            part.add(group);
            size += more;
        }
        if (!part.isEmpty()) {
            parts.add(List.copyOf(part));
        }
        return parts;
    }
}
