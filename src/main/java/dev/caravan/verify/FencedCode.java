package dev.caravan.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The code in a chat answer, in fences as [CommonMark](https://spec.commonmark.org/0.31.2/#fenced-code-blocks) has
/// them: three backticks or tildes or more, perhaps indented.
final class FencedCode {
    private static final int SHORTEST_FENCE = 3;

    /// An opening fence.
    private record Fence(char mark, int length, int indent) {
        static Optional<Fence> opening(String line) {
            String bare = line.strip();
            int length = bare.isEmpty() ? 0 : marks(bare, bare.charAt(0));
            boolean fence = length >= SHORTEST_FENCE && (bare.charAt(0) == '`' || bare.charAt(0) == '~');
            return fence && bare.indexOf('`', length) < 0
                    ? Optional.of(new Fence(bare.charAt(0), length, indent(line)))
                    : Optional.empty();
        }

        private boolean isClosedBy(String line) {
            String bare = line.strip();
            return bare.length() >= length && marks(bare, mark) == bare.length();
        }

        /// A line of code without the indentation that the fence has too.
        private String code(String line) {
            return line.substring(Math.min(indent, indent(line)));
        }

        private static int marks(String text, char mark) {
            int end = 0;
            while (end < text.length() && text.charAt(end) == mark) {
                end++;
            }
            return end;
        }

        private static int indent(String line) {
            return marks(line, ' ');
        }
    }

    private FencedCode() {}

    /// The last fenced block of what follows the answer's thinking, also one that is never closed; the whole text
    /// where there is none.
    static String last(String completion) {
        String answer = AnswerText.behindThinking(completion);
        String last = answer;
        List<String> block = new ArrayList<>();
        Optional<Fence> open = Optional.empty();
        for (String line : answer.split("\n", -1)) {
            if (open.isEmpty()) {
                open = Fence.opening(line);
                block = new ArrayList<>();
            } else if (open.get().isClosedBy(line)) {
                last = String.join("\n", block);
                open = Optional.empty();
            } else {
                block.add(open.get().code(line));
            }
        }
        return open.isPresent() ? String.join("\n", block) : last;
    }
}
