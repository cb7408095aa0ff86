package dev.caravan.verify.instructions;

import java.util.ArrayDeque;
import java.util.Deque;

/// IFBench's instructions about brackets and quotes within each other.
sealed interface NestingInstruction extends Instruction {
    /// Brackets of three kinds nest five deep, closed in order; a wrong one starts the count anew.
    record Parentheses() implements NestingInstruction {
        private static final int LEAST_DEPTH = 5;
        private static final String OPENING = "([{";
        private static final String CLOSING = ")]}";

        @Override
        public boolean isFollowedBy(String response) {
            Deque<Integer> open = new ArrayDeque<>();
            int deepest = 0;
            for (int i = 0; i < response.length(); i++) {
                int opening = OPENING.indexOf(response.charAt(i));
                int closing = CLOSING.indexOf(response.charAt(i));
                if (opening >= 0) {
                    open.push(opening);
                    deepest = Math.max(deepest, open.size());
                } else if (closing >= 0 && !open.isEmpty() && open.peek() == closing) {
                    open.pop();
                    if (deepest >= LEAST_DEPTH) {
                        return true;
                    }
                } else if (closing >= 0) {
                    open.clear();
                    deepest = 0;
                }
            }
            return false;
        }
    }

    /// Double and single quotes nest three deep in turns.
    record Quotes() implements NestingInstruction {
        private static final int LEAST_DEPTH = 3;

        @Override
        public boolean isFollowedBy(String response) {
            Deque<Integer> open = new ArrayDeque<>();
            int deepest = 0;
            for (int quote : response.chars().filter(c -> c == '"' || c == '\'').toArray()) {
                if (!open.isEmpty() && open.peek() == quote) {
                    open.pop();
                    if (deepest - open.size() >= LEAST_DEPTH) {
                        return true;
                    }
                } else {
                    open.push(quote);
                    deepest = Math.max(deepest, open.size());
                }
            }
            return false;
        }
    }

    /// No quotation mark is followed by another, and none stands at the end.
    record ExplainedQuotes() implements NestingInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            String joined = String.join("", PythonText.split(response.replace("'\"'", "")));
            String end = PythonText.stripEnd(joined, c -> c >= '0' && c <= '9' || c != '"' && Punctuation.isMark(c));
            return !joined.contains("\"\"") && !end.endsWith("\"");
        }
    }
}
