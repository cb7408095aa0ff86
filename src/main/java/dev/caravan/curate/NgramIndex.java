package dev.caravan.curate;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The n-grams of test items, and where each of them stands. Built once; training rows are then streamed past it
/// by as many [NgramScan]s as there are threads. Hashes only find candidates: equality is decided on the words.
///
/// The hash of a gram is a polynomial in the hashes of its words, so that it rolls on from word to word. A bit for
/// each hash, in an array that fits the processor's cache, tells most grams of a training row apart from all of these.
final class NgramIndex {
    private static final int NONE = -1;
    private static final long BASE = 0x9E3779B97F4A7C15L;
    private static final int BITS_PER_GRAM = 16;

    private final int n;
    private final Vocabulary vocabulary = new Vocabulary();
    private final int[] words; // of all items, one behind the other
    private final int[] itemStarts; // of item i; one more entry for the end
    private final int[] fieldStarts; // of all fields of all items; one more entry for the end
    private final int[] firstFields; // of item i; one more entry for the end
    private final Long2IntOpenHashMap gramByHash = new Long2IntOpenHashMap();
    private final IntArrayList gramStarts = new IntArrayList(); // where the words of gram g first stand
    private final IntArrayList sameHash = new IntArrayList(); // the next gram with the hash of gram g, or NONE
    private final long[] filter; // a bit for the hash of each gram
    private final int filterShift; // from a hash to the number of its bit
    private final long leading; // BASE to the power n: the weight at which a word leaves a rolling hash
    private final int[] occurrenceStarts; // of gram g in occurrences; one more entry for the end
    private final int[] occurrences; // where grams stand in words, gram by gram

    /// @param n words of a gram, at least 1
    NgramIndex(int n, List<TestItem> items) {
        this.n = n;
        gramByHash.defaultReturnValue(NONE);
        var read = new IntArrayList();
        var starts = new IntArrayList();
        this.itemStarts = new int[items.size() + 1];
        this.firstFields = new int[items.size() + 1];
        for (int i = 0; i < items.size(); i++) {
            for (String text : items.get(i).texts()) {
                starts.add(read.size());
                Words.forEach(text, (lower, from, to) -> read.add(vocabulary.add(lower, from, to)));
            }
            itemStarts[i + 1] = read.size();
            firstFields[i + 1] = starts.size();
        }
        starts.add(read.size());
        this.words = read.toIntArray();
        this.fieldStarts = starts.toIntArray();
        this.leading = power(n);
        int[] gramAt = gramsAt();
        int bits = 64 - Long.numberOfLeadingZeros(Math.max(64, (long) grams() * BITS_PER_GRAM) - 1);
        this.filter = new long[1 << (bits - 6)];
        this.filterShift = 64 - bits;
        gramByHash.keySet().forEach(hash -> filter[(int) (bit(hash) >>> 6)] |= 1L << bit(hash));
        this.occurrenceStarts = countedStarts(gramAt);
        this.occurrences = sorted(gramAt);
    }

    int n() {
        return n;
    }

    int items() {
        return itemStarts.length - 1;
    }

    int words() {
        return words.length;
    }

    int grams() {
        return gramStarts.size();
    }

    int itemStart(int item) {
        return itemStarts[item];
    }

    int itemWords(int item) {
        return itemStarts[item + 1] - itemStarts[item];
    }

    int[] wordsOf(int item) {
        return Arrays.copyOfRange(words, itemStarts[item], itemStarts[item + 1]);
    }

    /// The words of each field of an item that has words.
    List<int[]> fieldsOf(int item) {
        return IntStream.range(firstFields[item], firstFields[item + 1])
                .mapToObj(field -> Arrays.copyOfRange(words, fieldStarts[field], fieldStarts[field + 1]))
                .filter(field -> field.length > 0)
                .toList();
    }

    /// Whether a field of the item is long enough for an n-gram.
    boolean hasGram(int item) {
        return fieldsOf(item).stream().anyMatch(field -> field.length >= n);
    }

    /// Whether the item has such a field beside one that is too short.
    boolean isMixed(int item) {
        List<int[]> fields = fieldsOf(item);
        return fields.size() > 1 && hasGram(item) && fields.stream().anyMatch(field -> field.length < n);
    }

    /// Whether the word at a position is the first of a field.
    boolean beginsField(int position) {
        return Arrays.binarySearch(fieldStarts, position) >= 0;
    }

    /// The item to which the word at a position belongs.
    int itemAt(int position) {
        int found = Arrays.binarySearch(itemStarts, position);
        int item = found >= 0 ? found : -found - 2;
        while (itemWords(item) == 0) {
            item++;
        }
        return item;
    }

    int word(String text, int from, int to) {
        return vocabulary.find(text, from, to);
    }

    /// The number of the gram that the words from `from` on are, or -1 when no item has it.
    int find(int[] text, int from) {
        int gram = gramByHash.get(hash(text, from));
        while (gram != NONE && !isGram(gram, text, from)) {
            gram = sameHash.getInt(gram);
        }
        return gram;
    }

    /// The hash of a gram that follows another by one word.
    ///
    /// @param hash of n words, or of fewer at the beginning
    /// @param entering the hash of the new last word
    /// @param leaving the hash of the word before the new first, 0 when there is none
    long rolled(long hash, long entering, long leaving) {
        return hash * BASE + entering - leaving * leading;
    }

    /// Whether a gram of that hash may be there; false is certain.
    boolean mayHold(long hash) {
        long bit = bit(hash);
        return (filter[(int) (bit >>> 6)] & 1L << bit) != 0 && gramByHash.containsKey(hash);
    }

    private long bit(long hash) {
        return ((hash ^ hash >>> 29) * BASE) >>> filterShift;
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) power *= BASE;
        return power;
    }

    int firstOccurrence(int gram) {
        return occurrenceStarts[gram];
    }

    int lastOccurrence(int gram) {
        return occurrenceStarts[gram + 1];
    }

    /// Where the words of an occurrence begin.
    int position(int occurrence) {
        return occurrences[occurrence];
    }

    /// The number of the gram that begins at each position, or NONE where a field ends too soon.
    private int[] gramsAt() {
        int[] gramAt = new int[words.length];
        Arrays.fill(gramAt, NONE);
        for (int field = 0; field + 1 < fieldStarts.length; field++) {
            for (int at = fieldStarts[field]; at + n <= fieldStarts[field + 1]; at++) {
                gramAt[at] = add(at);
            }
        }
        return gramAt;
    }

    private int add(int at) {
        int known = find(words, at);
        if (known != NONE) {
            return known;
        }
        int gram = gramStarts.size();
        gramStarts.add(at);
        sameHash.add(gramByHash.put(hash(words, at), gram));
        return gram;
    }

    private int[] countedStarts(int[] gramAt) {
        int[] starts = new int[grams() + 1];
        for (int gram : gramAt) {
            if (gram != NONE) {
                starts[gram + 1]++;
            }
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        return starts;
    }

    private int[] sorted(int[] gramAt) {
        int[] result = new int[occurrenceStarts[grams()]];
        int[] next = occurrenceStarts.clone();
        for (int at = 0; at < gramAt.length; at++) {
            if (gramAt[at] != NONE) {
                result[next[gramAt[at]]++] = at;
            }
        }
        return result;
    }

    private boolean isGram(int gram, int[] text, int from) {
        int start = gramStarts.getInt(gram);
        return Arrays.equals(words, start, start + n, text, from, from + n);
    }

    private long hash(int[] text, int from) {
        long hash = 0;
        for (int i = from; i < from + n; i++) {
            hash = rolled(hash, vocabulary.hash(text[i]), 0);
        }
        return hash;
    }
}
