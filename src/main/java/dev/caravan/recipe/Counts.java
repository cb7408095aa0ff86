package dev.caravan.recipe;

import java.util.LinkedHashMap;
import java.util.Map;

/// Rows in, rows out, and rows left out by reason, in the order in which the reasons first came up.
public final class Counts {
    private final Map<String, Long> rejected = new LinkedHashMap<>();
    private long in;
    private long out;

    public void in(long rows) {
        in += rows;
    }

    public void out(long rows) {
        out += rows;
    }

    public void reject(String reason) {
        rejected.merge(reason, 1L, Long::sum);
    }

    Manifest.Rows rows() {
        return new Manifest.Rows(in, out, rejected);
    }
}
