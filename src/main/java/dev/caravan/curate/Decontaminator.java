package dev.caravan.curate;

import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import dev.caravan.data.Prompt;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Finds training rows that repeat test items, by the n-gram rule of [Tülu 3](https://arxiv.org/abs/2411.15124),
/// section 2.3: a word of an item matches a row when both have an n-gram that includes it; the row overlaps with the
/// item when more than a share of the item's words match that same row; a source is contaminated for a task when more
/// than a share of the task's items overlap with one of its rows.
///
/// Two readings are our own. The turns of a row count together, though no n-gram reaches from one turn into the next.
/// An item all of whose fields are shorter than n words has no n-gram; it overlaps with a row when its words are
/// exactly the words of one of the row's turns.
///
/// @param n words of an n-gram
/// @param tokenMatch share of an item's words above which a row overlaps with it
/// @param datasetMatch share of a task's items above which a source is contaminated
/// @param turns which turns of a row are compared
public record Decontaminator(int n, double tokenMatch, double datasetMatch, Turns turns) {
    /// Which turns of a training row are compared with test items.
    public enum Turns {
        USER,
        ALL
    }

    public Decontaminator {
        if (n < 1) {
            throw new IllegalArgumentException("n must be at least 1, got " + n);
        }
        requireShare("token_match", tokenMatch);
        requireShare("dataset_match", datasetMatch);
    }

    /// The rule with the paper's numbers: 8-grams, one half, two in a hundred, user turns.
    public static Decontaminator ofThePaper() {
        return new Decontaminator(8, 0.5, 0.02, Turns.USER);
    }

    public Decontamination<Conversation> conversations(Stream<Conversation> rows, List<TestItem> items) {
        return decontaminate(rows, Conversation::source, Conversation::messages, items);
    }

    public Decontamination<Prompt> prompts(Stream<Prompt> rows, List<TestItem> items) {
        return decontaminate(rows, Prompt::source, Prompt::messages, items);
    }

    /// How much of one text another repeats, by shared n-grams alone.
    ///
    /// @param n words of an n-gram
    public static Overlap overlap(int n, String train, String test) {
        var index = new NgramIndex(n, List.of(new TestItem("", "", List.of(test))));
        List<Overlap> overlaps = new NgramScan(index).overlaps(List.of(train));
        return overlaps.isEmpty() ? new Overlap(0, 0, index.itemWords(0), List.of()) : overlaps.getFirst();
    }

    private <T> Decontamination<T> decontaminate(
            Stream<T> rows, Function<T, String> source, Function<T, List<Message>> messages, List<TestItem> items) {
        var screening = new Screening<T>(this, items);
        rows.forEach(row -> screening.add(row, source.apply(row), compared(messages.apply(row))));
        return screening.result();
    }

    private List<String> compared(List<Message> messages) {
        return messages.stream()
                .filter(message -> turns == Turns.ALL || message.role().equals(Message.USER))
                .map(Message::content)
                .toList();
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " must lie between 0 and 1, got " + share);
        }
    }
}
