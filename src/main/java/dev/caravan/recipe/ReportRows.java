package dev.caravan.recipe;

import dev.caravan.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import tools.jackson.databind.JsonNode;

/// Some of the rows of a JSON-lines file, evenly spaced from its first to its last, so that the same file always
/// gives the same rows. Rows that belong together (the completions of one prompt) are shown or left out together.
///
/// @param groups the rows shown
/// @param total how many groups the file holds
/// @param unreadable how many of its lines are not JSON objects
record ReportRows(List<List<JsonNode>> groups, int total, int unreadable) {
    /// @param key neighbouring rows with equal keys belong together
    /// @param most how many groups to show at most
    /// @param bytes about how much of the file to show at most; one group is always shown
    static ReportRows groups(Path file, Function<JsonNode, Object> key, int most, long bytes) {
        var total = new int[1];
        int unreadable = eachGrouped(file, key, (_, group) -> total[0] = group + 1);
        BitSet chosen = evenly(total[0], Math.min(most, affordable(file, total[0], bytes)));
        var groups = new ArrayList<List<JsonNode>>();
        var shown = new int[] {-1};
        eachGrouped(file, key, (row, group) -> {
            if (chosen.get(group)) {
                if (shown[0] != group) {
                    groups.add(new ArrayList<>());
                    shown[0] = group;
                }
                groups.getLast().add(row);
            }
        });
        return new ReportRows(groups, total[0], unreadable);
    }

    /// Each row by itself.
    static ReportRows rows(Path file, int most, long bytes) {
        return groups(file, _ -> new Object(), most, bytes);
    }

    List<JsonNode> flat() {
        return groups.stream().flatMap(List::stream).toList();
    }

    /// `showing 200 of 12,345`, or `12` where that is all.
    String shown() {
        String shown = groups.size() == total
                ? ChartNumbers.count(total)
                : "showing " + ChartNumbers.count(groups.size()) + " of " + ChartNumbers.count(total);
        return unreadable == 0 ? shown : shown + ", " + ChartNumbers.count(unreadable) + " unreadable";
    }

    private static int eachGrouped(Path file, Function<JsonNode, Object> key, ObjIntConsumer<JsonNode> rows) {
        return ReportJson.eachRow(file, new Consumer<>() {
            private Object previous = this;
            private int group = -1;

            @Override
            public void accept(JsonNode row) {
                Object current = key.apply(row);
                group += current.equals(previous) ? 0 : 1;
                previous = current;
                rows.accept(row, group);
            }
        });
    }

    private static int affordable(Path file, int groups, long bytes) {
        try {
            return (int) Math.max(1, bytes * groups / Math.max(1, Files.size(file)));
        } catch (IOException e) {
            throw new DataException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static BitSet evenly(int total, int wanted) {
        var chosen = new BitSet(total);
        for (int i = 0; i < Math.min(total, wanted); i++) {
            boolean single = wanted == 1 || total <= wanted;
            chosen.set(single ? i : (int) ((long) i * (total - 1) / (wanted - 1)));
        }
        return chosen;
    }
}
