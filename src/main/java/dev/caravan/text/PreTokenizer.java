package dev.caravan.text;

import java.util.List;
import java.util.regex.Pattern;

/// Cuts text into the pieces inside which byte pairs are merged. The kinds are those of `tokenizer.json`.
public sealed interface PreTokenizer {
    /// Hands the pieces of `text[from, to)` to `pieces`, in order.
    void split(String text, int from, int to, PieceSink pieces);

    /// Takes one piece, `text[from, to)`.
    @FunctionalInterface
    interface PieceSink {
        void piece(int from, int to);
    }

    /// `ByteLevel`: GPT-2's pattern, or, without it, the text as it stands.
    record ByteLevel(boolean useRegex) implements PreTokenizer {
        @Override
        public void split(String text, int from, int to, PieceSink pieces) {
            if (useRegex) WordPattern.scan(WordPattern.GPT2, text, from, to, pieces);
            else if (from < to) pieces.piece(from, to);
        }
    }

    /// `Digits`: numbers stand apart from other text, each digit alone when `individual`.
    record Digits(boolean individual) implements PreTokenizer {
        @Override
        public void split(String text, int from, int to, PieceSink pieces) {
            int start = from;
            while (start < to) {
                int end = individual && isNumber(text, start) ? next(text, start) : runEnd(text, start, to);
                pieces.piece(start, end);
                start = end;
            }
        }

        private static int runEnd(String text, int start, int to) {
            boolean number = isNumber(text, start);
            int end = start;
            while (end < to && isNumber(text, end) == number) end = next(text, end);
            return end;
        }

        private static boolean isNumber(String text, int at) {
            return CharacterClass.of(text.codePointAt(at)) == CharacterClass.NUMBER;
        }

        private static int next(String text, int at) {
            return at + Character.charCount(text.codePointAt(at));
        }
    }

    /// `Split`: every match of a pattern is a piece, and so is what lies between, unless `matchesOnly` drops it.
    record Split(String pattern, boolean matchesOnly, Splitter splitter) implements PreTokenizer {
        public Split(String pattern, boolean matchesOnly) {
            this(pattern, matchesOnly, Splitter.of(pattern, matchesOnly));
        }

        @Override
        public void split(String text, int from, int to, PieceSink pieces) {
            splitter.split(text, from, to, pieces);
        }
    }

    /// `Sequence`: each part cuts the pieces of the one before it.
    record Sequence(List<PreTokenizer> parts) implements PreTokenizer {
        public Sequence {
            parts = List.copyOf(parts);
        }

        @Override
        public void split(String text, int from, int to, PieceSink pieces) {
            PieceSink sink = pieces;
            for (PreTokenizer part : parts.reversed()) {
                PieceSink next = sink;
                sink = (start, end) -> part.split(text, start, end, next);
            }
            if (from < to) sink.piece(from, to);
        }
    }

    /// How a `Split` does its work: by a hand-written scanner where the pattern is one of the usual ones, else by
    /// `java.util.regex`.
    @FunctionalInterface
    interface Splitter {
        void split(String text, int from, int to, PieceSink pieces);

        static Splitter of(String pattern, boolean matchesOnly) {
            return WordPattern.of(pattern)
                    .map(known ->
                            (Splitter) (text, from, to, pieces) -> WordPattern.scan(known, text, from, to, pieces))
                    .orElseGet(() -> byRegex(pattern, matchesOnly));
        }

        /// Unicode classes throughout, as in Oniguruma, whose syntax `tokenizer.json` uses.
        static Splitter byRegex(String pattern, boolean matchesOnly) {
            Pattern compiled = Pattern.compile(pattern, Pattern.UNICODE_CHARACTER_CLASS);
            return (text, from, to, pieces) -> {
                var matcher = compiled.matcher(text).region(from, to);
                int end = from;
                while (matcher.find()) {
                    if (matcher.start() > end && !matchesOnly) pieces.piece(end, matcher.start());
                    if (matcher.end() > matcher.start()) pieces.piece(matcher.start(), matcher.end());
                    end = matcher.end();
                }
                if (end < to && !matchesOnly) pieces.piece(end, to);
            };
        }
    }
}
