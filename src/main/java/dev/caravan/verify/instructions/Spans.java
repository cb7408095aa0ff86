package dev.caravan.verify.instructions;

/// Stretches of a line between two marks, such as `[address]` or `<<title>>`, counted from the left without overlap.
final class Spans {
    private Spans() {}

    /// How many stretches there are, each as short as it can be.
    static int count(String text, String open, String close) {
        int count = 0;
        int start = text.indexOf(open);
        while (start >= 0) {
            int inside = start + open.length();
            int end = text.indexOf(close, inside);
            if (end < 0) {
                return count;
            }
            int line = text.indexOf('\n', inside);
            boolean broken = line >= 0 && line < end;
            count += broken ? 0 : 1;
            start = text.indexOf(open, broken ? line + 1 : end + close.length());
        }
        return count;
    }

    /// How often a text occurs in another.
    static int occurrences(String text, String sought) {
        int count = 0;
        int at = text.indexOf(sought);
        while (at >= 0) {
            count++;
            at = text.indexOf(sought, at + sought.length());
        }
        return count;
    }
}
