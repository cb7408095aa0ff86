package dev.caravan.verify.instructions;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// IFBench's instructions about the form of a response.
sealed interface LayoutInstruction extends Instruction {
    /// Every sentence ends with an emoji, or the next begins with one.
    record EmojiEndings() implements LayoutInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            List<int[]> sentences = Punkt.english().sentences(response).stream()
                    .map(sentence -> PythonText.strip(Punctuation.removed(sentence))
                            .codePoints()
                            .toArray())
                    .toList();
            return IntStream.range(0, sentences.size())
                    .allMatch(i -> endsInEmoji(sentences.get(i))
                            || sentences.get(i).length > 0
                                    && i + 1 < sentences.size()
                                    && sentences.get(i + 1).length > 0
                                    && isEmoji(sentences.get(i + 1)[0]));
        }

        /// An emoji may be followed by one joiner or selector.
        private static boolean endsInEmoji(int[] sentence) {
            int length = sentence.length;
            return length > 0 && isEmoji(sentence[length - 1]) || length > 1 && isEmoji(sentence[length - 2]);
        }

        /// A character that is an emoji by itself, which a digit and half a flag are not.
        private static boolean isEmoji(int c) {
            return c > 0x7f && Character.isEmoji(c) && !(c >= 0x1f1e6 && c <= 0x1f1ff);
        }
    }

    /// Each line is indented further than the one before. Of empty lines the reference overlooks each that comes right
    /// after another, and so does this.
    record Stairs() implements LayoutInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            List<Integer> indents = withoutBlank(PythonText.split(response, "\n")).stream()
                    .map(line -> PythonText.endOf(line, 0, c -> c == ' '))
                    .toList();
            return IntStream.range(1, indents.size()).allMatch(i -> indents.get(i) > indents.get(i - 1));
        }

        /// What is left when a list is walked while its blank lines are taken out of it, each time the first of their
        /// kind: the line behind one taken out is never looked at.
        private static List<String> withoutBlank(List<String> lines) {
            Map<String, Deque<Integer>> blank = new HashMap<>();
            for (int i = 0; i < lines.size(); i++) {
                if (PythonText.isBlank(lines.get(i))) {
                    blank.computeIfAbsent(lines.get(i), _ -> new ArrayDeque<>()).add(i);
                }
            }
            var kept = new ArrayList<Boolean>(Collections.nCopies(lines.size(), true));
            for (int i = 0; i < lines.size(); i++) {
                Deque<Integer> same = blank.get(lines.get(i));
                if (same != null) {
                    kept.set(same.removeFirst(), false);
                    i++;
                }
            }
            return IntStream.range(0, lines.size())
                    .filter(kept::get)
                    .mapToObj(lines::get)
                    .toList();
        }
    }

    /// A mark stands for bullets at least twice.
    record Separator(String mark) implements LayoutInstruction {
        static Separator of(Arguments given) {
            if (given.text("sep").isEmpty()) {
                throw given.unusable("sep", "some text", "none");
            }
            return new Separator(given.text("sep"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            return Spans.occurrences(response, mark) >= 2;
        }
    }

    /// Each word on its own line.
    record WordALine() implements LayoutInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            String bare = PythonText.strip(Punctuation.removed(response));
            long lines = PythonText.split(bare, "\n").stream()
                    .filter(line -> !line.isEmpty())
                    .count();
            return lines == PythonText.split(bare).size();
        }
    }

    /// Two sentences, then two bullets, and nothing behind them; an empty line ends the sentences.
    record SentencesThenBullets() implements LayoutInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            int sentences = 0;
            int bullets = 0;
            boolean open = true;
            for (String line : PythonText.split(response, "\n").stream()
                    .map(PythonText::strip)
                    .toList()) {
                if (line.startsWith("*")) {
                    open = false;
                    bullets++;
                } else if (open) {
                    int more = Punkt.english().sentences(line).size();
                    open = more > 0;
                    sentences += more;
                } else {
                    return false;
                }
                if (bullets > 0 && sentences < 2) {
                    return false;
                }
            }
            return bullets >= 2;
        }
    }

    /// No white space.
    record NoWhiteSpace() implements LayoutInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            return response.codePoints().noneMatch(PythonText::isSpace);
        }
    }

    /// One of the options and nothing else; lettered options to the letter, others whatever their case and marks.
    record Options(List<String> options, boolean exact) implements LayoutInstruction {
        private static final String NO_WORD = "[^\\p{L}\\p{N}_]*+";
        private static final Pattern LETTERED = Pattern.compile(NO_WORD + "[aA]" + NO_WORD + "[bB]" + NO_WORD + "[cC]");

        static Options of(Arguments given) {
            String options = given.text("options");
            String separator = options.contains("/") ? "/" : options.contains("or") ? "or" : ",";
            return new Options(
                    PythonText.split(options, separator).stream()
                            .map(PythonText::strip)
                            .toList(),
                    LETTERED.matcher(options).lookingAt());
        }

        @Override
        public boolean isFollowedBy(String response) {
            return exact
                    ? options.contains(response)
                    : options.stream().anyMatch(option -> normal(option).equals(normal(response)));
        }

        private static String normal(String text) {
            return PythonText.lower(Punctuation.stripped(text));
        }
    }

    /// The three labels of a template.
    record Template() implements LayoutInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            return List.of("My Answer:", "My Conclusion:", "Future Outlook:").stream()
                    .allMatch(response::contains);
        }
    }

    /// Titles' capitals: no token of [TreebankWords] that begins with a small letter goes on in one case.
    record TitleCase() implements LayoutInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            return TreebankWords.of(response).stream().noneMatch(TitleCase::isSmall);
        }

        private static boolean isSmall(String word) {
            int first = word.codePointAt(0);
            String rest = word.substring(Character.charCount(first));
            return Character.isLetter(first)
                    && Character.isLowerCase(first)
                    && (rest.isEmpty() || PythonText.isUpper(rest) || PythonText.isLower(rest));
        }
    }

    /// Every bullet `*` has a sub-bullet `-` before the next.
    record SubBullets() implements LayoutInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            return PythonText.split(response, "*").stream().skip(1).allMatch(bullet -> bullet.contains("-"));
        }
    }

    /// A text in HTML italics, and more behind it.
    record Thesis() implements LayoutInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            int start = response.contains("<i>") ? response.indexOf("<i>") : response.indexOf("<em>");
            String rest = start < 0 ? "" : response.substring(start);
            int end = rest.contains("</i>") ? rest.indexOf("</i>") : rest.indexOf("</em>");
            return end > 3
                    && !PythonText.isBlank(rest.substring(3, end))
                    && !PythonText.isBlank(rest.substring(end + 4));
        }
    }
}
