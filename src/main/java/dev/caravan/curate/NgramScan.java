package dev.caravan.curate;

import dev.caravan.curate.Overlap.Span;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.List;

/// The n-gram rule. Words are only hashed until a gram may be one of the index; then they are looked up. Its arrays
/// serve every row, marked with the number of the row that wrote them, so that
/// nothing need be cleared in between.
final class NgramScan implements RowScan {
    private final NgramIndex index;
    private final ShortItems shorts;
    private final ExactScan exact;
    private final double tokenMatch;
    private final int[] gramSeen; // row that last had the gram
    private final int[] wordCovered; // row that last covered the word
    private final int[] itemTouched; // row that last covered a word of the item
    private final int[] covered; // words of the item that this row covers
    private final IntArrayList touched = new IntArrayList(); // items
    private final HashedWords turn = new HashedWords();
    private final IntArrayList numbers = new IntArrayList(); // of words that are looked up
    private int row;

    /// @param tokenMatch share of an item's words above which a row overlaps with it
    NgramScan(NgramIndex index, ShortItems shorts, double tokenMatch) {
        this.index = index;
        this.shorts = shorts;
        this.exact = new ExactScan(index, shorts);
        this.tokenMatch = tokenMatch;
        this.gramSeen = new int[index.grams()];
        this.wordCovered = new int[index.words()];
        this.itemTouched = new int[index.items()];
        this.covered = new int[index.items()];
    }

    /// No n-gram reaches from one turn into the next, but all cover the same items.
    @Override
    public List<Overlap> overlaps(List<String> turns) {
        row++;
        touched.clear();
        turns.forEach(this::scan);
        if (touched.isEmpty()) return List.of();
        touched.sort(null);
        var overlaps = new ArrayList<Overlap>();
        for (int i = 0; i < touched.size(); i++) {
            int item = touched.getInt(i);
            if (Overlap.share(covered[item], index.itemWords(item)) > tokenMatch) {
                overlaps.add(overlap(item));
            } else if (index.isMixed(item)) {
                overlaps.addAll(exact.whole(turns, item));
            }
        }
        return overlaps;
    }

    private Overlap overlap(int item) {
        return new Overlap(item, covered[item], index.itemWords(item), spans(item));
    }

    private void scan(String text) {
        turn.read(text);
        int n = index.n();
        long hash = 0;
        for (int i = 0; i < turn.size(); i++) {
            hash = index.rolled(hash, turn.hash(i), i < n ? 0 : turn.hash(i - n));
            if (i + 1 >= n && index.mayHold(hash)) {
                lookUp(i + 1 - n, n);
                if (!numbers.contains(Vocabulary.UNKNOWN)) cover(index.find(numbers.elements(), 0));
            }
        }
        if (turn.size() <= shorts.longest()) {
            lookUp(0, turn.size());
            shorts.of(numbers).forEach((int item) -> coverWords(index.itemStart(item), index.itemWords(item)));
        }
    }

    private void lookUp(int from, int words) {
        numbers.clear();
        for (int i = from; i < from + words; i++) {
            String word = turn.word(i);
            numbers.add(index.word(word, 0, word.length()));
        }
    }

    private void cover(int gram) {
        if (gram < 0 || gramSeen[gram] == row) {
            return;
        }
        gramSeen[gram] = row;
        for (int i = index.firstOccurrence(gram); i < index.lastOccurrence(gram); i++) {
            coverWords(index.position(i), index.n());
        }
    }

    private void coverWords(int position, int words) {
        int item = index.itemAt(position);
        if (itemTouched[item] != row) {
            itemTouched[item] = row;
            covered[item] = 0;
            touched.add(item);
        }
        for (int i = position; i < position + words; i++) {
            covered[item] += wordCovered[i] == row ? 0 : 1;
            wordCovered[i] = row;
        }
    }

    private List<Span> spans(int item) {
        var spans = new ArrayList<Span>();
        int start = index.itemStart(item);
        int words = index.itemWords(item);
        int from = 0;
        while (from < words) {
            int to = from;
            while (to < words && wordCovered[start + to] == row) {
                to++;
            }
            if (to > from) {
                spans.add(new Span(from, to));
            }
            from = to + 1;
        }
        return spans;
    }
}
