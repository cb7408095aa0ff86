package dev.caravan.recipe;

import java.util.LinkedHashMap;
import java.util.Map;

/// Rows in, rows out, rows left out by reason, and what else a reader of the data must know, in the order in
/// which the reasons first came up.
public final class Counts {
    private final Map<String, Long> rejected = new LinkedHashMap<>();
    private final Map<String, Long> noted = new LinkedHashMap<>();
    private long in;
    private long out;

    public void in(long rows) {
        in += rows;
    }

    public void out(long rows) {
        out += rows;
    }

    public void reject(String reason) {
        reject(reason, 1);
    }

    public void reject(String reason, long rows) {
        rejected.merge(reason, rows, Long::sum);
    }

    /// Counts something that befell rows which stay, such as `truncated to 512 tokens`.
    public void note(String what, long times) {
        if (times > 0) noted.merge(what, times, Long::sum);
    }

    Manifest.Rows rows() {
        return new Manifest.Rows(in, out, rejected, noted);
    }
}
