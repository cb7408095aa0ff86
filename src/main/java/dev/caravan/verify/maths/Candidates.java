package dev.caravan.verify.maths;

import dev.caravan.text.Lowercase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where the answer stands in what a model wrote: in a box, in the sentence of Minerva, behind "the answer is", or, in
/// the end, the last formula or number.
public final class Candidates {
    /// An answer that was found.
    ///
    /// @param plain whether it stands in running text rather than in a formula
    record Candidate(String text, boolean plain) {}

    private static final List<String> CONCLUSIONS =
            List.of("final answer:", "final answer is", "answer is", "answer:", "answer =", "answer**:");
    private static final String ASSISTANT_MARK = "<|assistant|>\n";
    private static final String THOUGHT_END = "</think>";
    private static final int LONGEST_WHOLE = 300;
    private static final String LEADING = ":*= \t\n";
    private static final String TRAILING = "*.\"\\ \t\n";

    private Candidates() {}

    /// Any of these may be the answer. Never empty.
    static List<Candidate> of(String completion) {
        String text = answering(completion);
        List<Candidate> found = new ArrayList<>();
        List<String> boxes = Boxes.lastGroup(text);
        if (!boxes.isEmpty()) {
            found.add(new Candidate(String.join(", ", boxes), false));
            found.add(new Candidate(boxes.getLast(), false));
        }
        Minerva.openSentence(text).map(Candidates::trimmed).ifPresent(answer -> found.add(stated(answer)));
        if (found.isEmpty()) {
            found.add(concluded(text)
                    .or(() -> whole(text))
                    .or(() -> Items.last(text))
                    .orElse(new Candidate(text, true)));
        }
        return List.copyOf(found);
    }

    /// What the release looked at, in its order: the box as it stands, the sentence and, where there is neither, what
    /// stands between the last two dollar signs or else everything, in the normal form of Minerva.
    static List<String> ofRelease(String completion) {
        int mark = completion.lastIndexOf(ASSISTANT_MARK);
        String text = (mark < 0 ? completion : completion.substring(mark + ASSISTANT_MARK.length())).strip();
        List<String> found = new ArrayList<>();
        Boxes.ofRelease(text).ifPresent(found::add);
        Minerva.sentence(text).map(Minerva::normalForm).ifPresent(found::add);
        if (found.isEmpty()) {
            betweenLastDollars(text).map(Minerva::normalForm).ifPresent(found::add);
        }
        if (found.isEmpty()) {
            found.add(Minerva.normalForm(text));
        }
        return found;
    }

    private static Optional<String> betweenLastDollars(String text) {
        int close = text.lastIndexOf('$');
        int open = close <= 0 ? -1 : text.lastIndexOf('$', close - 1);
        return open < 0 ? Optional.empty() : Optional.of(text.substring(open + 1, close));
    }

    /// The text behind the thoughts and the mark of the assistant's turn, up to the next mark.
    private static String answering(String completion) {
        int mark = completion.lastIndexOf(ASSISTANT_MARK);
        String turn = mark < 0 ? completion : completion.substring(mark + ASSISTANT_MARK.length());
        int thought = turn.lastIndexOf(THOUGHT_END);
        String answer = thought < 0 ? turn : turn.substring(thought + THOUGHT_END.length());
        return upToMark(answer.isBlank() ? turn : answer).strip();
    }

    private static String upToMark(String text) {
        int mark = text.indexOf("<|");
        return mark > 0 && text.indexOf("|>", mark) > 0 ? text.substring(0, mark) : text;
    }

    private static Candidate stated(String answer) {
        return new Candidate(answer, answer.indexOf('$') < 0 && answer.indexOf('\\') < 0);
    }

    private static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && LEADING.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && TRAILING.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    /// The end of the last sentence that says what the answer is: all of it where it can be read, or its last item.
    private static Optional<Candidate> concluded(String text) {
        String lower = Lowercase.of(text);
        int from = -1;
        for (String conclusion : CONCLUSIONS) {
            int at = lower.lastIndexOf(conclusion);
            from = at < 0 ? from : Math.max(from, at + conclusion.length());
        }
        if (from < 0 || lower.length() != text.length()) {
            return Optional.empty();
        }
        String sentence = trimmed(sentence(text, from));
        return sentence.isEmpty() ? Optional.empty() : whole(sentence).or(() -> Items.last(sentence));
    }

    /// Up to the end of the line or a full stop with white space behind it, but not nothing.
    private static String sentence(String text, int from) {
        int start = from;
        while (start < text.length()
                && (Character.isWhitespace(text.charAt(start)) || ":*".indexOf(text.charAt(start)) >= 0)) {
            start++;
        }
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && !endsSentence(text, end)) {
            end++;
        }
        String line = text.substring(start, end);
        boolean display = line.startsWith("\\[") || line.startsWith("$$");
        return display && line.length() < 4
                ? text.substring(start, Math.min(text.length(), start + LONGEST_WHOLE))
                : line;
    }

    private static boolean endsSentence(String text, int at) {
        return text.charAt(at) == '.' && (at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1)));
    }

    /// The whole text where it is one short answer without formulas in it.
    private static Optional<Candidate> whole(String text) {
        boolean formulas = text.indexOf('$') >= 0 || text.contains("\\(") || text.contains("\\[");
        boolean sentence = text.contains(" is ") || text.contains(" are ");
        return formulas || sentence || text.length() > LONGEST_WHOLE || !isReadable(text)
                ? Optional.empty()
                : Optional.of(new Candidate(text, text.indexOf('\\') < 0));
    }

    private static boolean isReadable(String text) {
        try {
            AnswerReader.read(text, false);
            return true;
        } catch (Undecided undecided) {
            return false;
        }
    }
}
