package dev.caravan.curate;

import dev.caravan.curate.Overlap.Span;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntRBTreeSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The full-string rule. An item is a candidate when the first n words of one of its fields stand in a turn; its
/// fields are then looked for as they are.
final class ExactScan implements RowScan {
    private final NgramIndex index;
    private final ShortItems shorts;
    private final List<IntArrayList> turns = new ArrayList<>(); // numbers of the words

    ExactScan(NgramIndex index, ShortItems shorts) {
        this.index = index;
        this.shorts = shorts;
    }

    @Override
    public List<Overlap> overlaps(List<String> texts) {
        read(texts);
        var found = new IntRBTreeSet();
        turns.forEach(turn -> found.addAll(shorts.of(turn)));
        candidates().intStream().filter(this::holds).forEach(found::add);
        return found.intStream().mapToObj(this::whole).toList();
    }

    /// The overlap with one item when the row holds all its fields; empty when it does not.
    List<Overlap> whole(List<String> texts, int item) {
        read(texts);
        return holds(item) ? List.of(whole(item)) : List.of();
    }

    private void read(List<String> texts) {
        turns.clear();
        for (String text : texts) {
            var turn = new IntArrayList();
            Words.forEach(text, (lower, from, to) -> turn.add(index.word(lower, from, to)));
            turns.add(turn);
        }
    }

    private IntRBTreeSet candidates() {
        var candidates = new IntRBTreeSet();
        turns.forEach(turn -> addCandidates(turn, candidates));
        return candidates;
    }

    private void addCandidates(IntArrayList turn, IntRBTreeSet candidates) {
        int known = 0; // words in a row that some item has
        for (int i = 0; i < turn.size(); i++) {
            known = turn.getInt(i) == Vocabulary.UNKNOWN ? 0 : known + 1;
            int gram = known >= index.n() ? index.find(turn.elements(), i + 1 - index.n()) : -1;
            if (gram >= 0) addCandidates(gram, candidates);
        }
    }

    private void addCandidates(int gram, IntRBTreeSet candidates) {
        for (int i = index.firstOccurrence(gram); i < index.lastOccurrence(gram); i++) {
            int position = index.position(i);
            if (index.beginsField(position)) candidates.add(index.itemAt(position));
        }
    }

    private boolean holds(int item) {
        return index.fieldsOf(item).stream().allMatch(field -> turns.stream().anyMatch(turn -> contains(turn, field)));
    }

    private static boolean contains(IntArrayList turn, int[] field) {
        int[] words = turn.elements();
        for (int from = 0; from + field.length <= turn.size(); from++) {
            if (Arrays.equals(words, from, from + field.length, field, 0, field.length)) return true;
        }
        return false;
    }

    private Overlap whole(int item) {
        int words = index.itemWords(item);
        return new Overlap(item, words, words, List.of(new Span(0, words)));
    }
}
