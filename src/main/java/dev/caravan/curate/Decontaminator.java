package dev.caravan.curate;

import dev.caravan.config.Default;
import dev.caravan.data.Message;
import java.util.List;

/// Finds training rows that repeat test items, and sources that hold too many of them: a source is contaminated
/// for a task when more than a share of the task's items overlap with one of its rows.
///
/// @param method when a row overlaps with an item
/// @param datasetMatch share of a task's items above which a source is contaminated
/// @param turns which turns of a row are compared
public record Decontaminator(
        @Default("{type: ngram}") Matcher method,
        @Default("0.02") double datasetMatch,
        @Default("user") Turns turns) {
    /// Which turns of a training row are compared with test items.
    public enum Turns {
        USER,
        ALL
    }

    public Decontaminator {
        if (!(datasetMatch >= 0 && datasetMatch <= 1)) {
            throw new IllegalArgumentException("dataset_match must lie between 0 and 1, got " + datasetMatch);
        }
    }

    /// The rule with the paper's numbers: 8-grams, one half, two in a hundred, user turns.
    public static Decontaminator ofThePaper() {
        return new Decontaminator(new Matcher.Ngram(8, 0.5), 0.02, Turns.USER);
    }

    /// How much of one text another repeats, by shared n-grams alone.
    ///
    /// @param n words of an n-gram
    public static Overlap overlap(int n, String train, String test) {
        var index = new NgramIndex(n, List.of(new TestItem("", "", List.of(test))));
        List<Overlap> overlaps = new NgramScan(index, ShortItems.none(), 0).overlaps(List.of(train));
        return overlaps.isEmpty() ? new Overlap(0, 0, index.itemWords(0), List.of()) : overlaps.getFirst();
    }

    /// The texts of a row that are compared.
    List<String> compared(List<Message> messages) {
        return messages.stream()
                .filter(message -> turns == Turns.ALL || message.role().equals(Message.USER))
                .map(Message::content)
                .toList();
    }
}
