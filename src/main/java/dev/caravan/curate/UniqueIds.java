package dev.caravan.curate;

import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;

/// Ids of rows in their order, made unique: one that an earlier row has gets a mark and a number behind it, the second
/// 2, the third 3, and so on.
public final class UniqueIds {
    private static final String DIGITS = "0123456789";

    private final String mark;
    private final Object2IntOpenHashMap<String> seen = new Object2IntOpenHashMap<>();

    /// @param mark one character, such as a full stop
    public UniqueIds(String mark) {
        this.mark = mark;
    }

    /// The id under which a row goes on.
    public String next(String id) {
        int times = seen.addTo(id, 1) + 1;
        return times == 1 ? id : next(id + mark + times);
    }

    /// An id without marks and numbers behind it. Rows whose ids differ in this never get in each other's way, so that
    /// ids of the same root can be made unique apart from all others.
    public static String root(String id, String mark) {
        int end = id.length();
        while (end > 0 && DIGITS.indexOf(id.charAt(end - 1)) >= 0) {
            end--;
        }
        boolean marked = end > 0 && end < id.length() && id.startsWith(mark, end - 1);
        return marked ? root(id.substring(0, end - 1), mark) : id;
    }
}
