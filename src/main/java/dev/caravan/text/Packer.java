package dev.caravan.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Lays documents into rows of a fixed number of tokens. A document is never split, and its place does not depend on
/// anything but the lengths and their order.
public final class Packer {
    private Packer() {}

    /// One row.
    ///
    /// @param documents numbers of the documents in it, in ascending order
    /// @param tokens how many tokens they have together
    public record Row(List<Integer> documents, int tokens) {}

    /// Best-fit decreasing: the longest document first, each into the fullest row that still has room. Rows come in
    /// the order of their first document.
    ///
    /// @param lengths tokens of each document, none longer than a row
    /// @param capacity tokens of a row at most
    public static List<Row> pack(int[] lengths, int capacity) {
        var open = new TreeMap<Integer, ArrayList<Integer>>(); // room left → rows, the oldest first
        var rows = new ArrayList<List<Integer>>();
        for (int document : longestFirst(lengths)) {
            requireFit(lengths, document, capacity);
            Integer room = open.ceilingKey(lengths[document]);
            int row = room == null ? newRow(rows) : takeFirst(open, room);
            rows.get(row).add(document);
            int left = (room == null ? capacity : room) - lengths[document];
            open.computeIfAbsent(left, _ -> new ArrayList<>()).add(row);
        }
        return rows.stream()
                .map(documents -> row(documents, lengths))
                .sorted(Comparator.comparing(row -> row.documents().getFirst()))
                .toList();
    }

    private static List<Integer> longestFirst(int[] lengths) {
        return IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer document) -> -lengths[document]))
                .toList();
    }

    private static int newRow(List<List<Integer>> rows) {
        rows.add(new ArrayList<>());
        return rows.size() - 1;
    }

    private static int takeFirst(TreeMap<Integer, ArrayList<Integer>> open, Integer room) {
        List<Integer> rows = open.getOrDefault(room, new ArrayList<>());
        int row = rows.removeFirst();
        if (rows.isEmpty()) open.remove(room);
        return row;
    }

    /// Consecutive documents in batches of at most `budget` tokens, for training without padding.
    ///
    /// @param lengths tokens of each document, none longer than the budget
    public static List<Row> batches(int[] lengths, int budget) {
        var batches = new ArrayList<Row>();
        var documents = new ArrayList<Integer>();
        int tokens = 0;
        for (int document = 0; document < lengths.length; document++) {
            requireFit(lengths, document, budget);
            if (tokens + (long) lengths[document] > budget) {
                batches.add(row(documents, lengths));
                documents.clear();
                tokens = 0;
            }
            documents.add(document);
            tokens += lengths[document];
        }
        if (!documents.isEmpty()) batches.add(row(documents, lengths));
        return batches;
    }

    private static Row row(List<Integer> documents, int[] lengths) {
        int tokens = documents.stream().mapToInt(document -> lengths[document]).sum();
        return new Row(documents.stream().sorted().toList(), tokens);
    }

    private static void requireFit(int[] lengths, int document, int capacity) {
        if (lengths[document] <= capacity) return;
        throw new IllegalArgumentException(
                "document " + document + " has " + lengths[document] + " tokens, a row holds " + capacity);
    }
}
