package dev.caravan.verify;

import java.util.ArrayList;
import java.util.List;

/// The code in a chat answer.
final class FencedCode {
    private static final String FENCE = "```";

    private FencedCode() {}

    /// The last fenced block, also one that is never closed; the whole text where there is none.
    static String last(String answer) {
        String last = answer;
        List<String> block = new ArrayList<>();
        boolean inside = false;
        for (String line : answer.split("\n", -1)) {
            if (!inside && line.strip().startsWith(FENCE)) {
                inside = true;
                block = new ArrayList<>();
            } else if (inside && line.strip().equals(FENCE)) {
                inside = false;
                last = String.join("\n", block);
            } else if (inside) {
                block.add(line);
            }
        }
        return inside ? String.join("\n", block) : last;
    }
}
