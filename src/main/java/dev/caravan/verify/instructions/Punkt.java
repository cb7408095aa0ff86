package dev.caravan.verify.instructions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The sentences of an English text as NLTK's Punkt cuts them: after a mark that may end a sentence, unless the words
/// around it tell that it does not. [Kiss and Strunk, 2006](https://aclanthology.org/J06-4003/); the sections named
/// below are theirs.
final class Punkt {
    private static final Punkt ENGLISH = new Punkt(PunktParameters.english());
    private static final String MARKS_ENDING_NO_SENTENCE = ";:,.!?";
    private static final String CLOSING = "\"')]}";

    /// A mark with the words around it.
    ///
    /// @param end where the mark ends
    /// @param next where the word after the space behind it starts; `end` when there is no space
    private record Candidate(int end, int next, String words) {}

    private record Span(int start, int end) {}

    private final PunktParameters parameters;

    private Punkt(PunktParameters parameters) {
        this.parameters = parameters;
    }

    static Punkt english() {
        return ENGLISH;
    }

    List<String> sentences(String text) {
        return realigned(text, cut(text)).stream()
                .map(span -> text.substring(span.start, span.end))
                .toList();
    }

    private List<Span> cut(String text) {
        var spans = new ArrayList<Span>();
        int start = 0;
        for (Candidate candidate : candidates(text)) {
            if (holdsBreak(candidate.words)) {
                spans.add(new Span(start, candidate.end));
                start = candidate.next;
            }
        }
        spans.add(new Span(start, PythonText.stripEnd(text).length()));
        return spans;
    }

    /// The last of the marks that end a run without spaces, each with its run and what follows.
    private static List<Candidate> candidates(String text) {
        var candidates = new ArrayList<Candidate>();
        int wordStart = 0;
        int mark = -1;
        for (int i = 0; i < text.length(); i++) {
            if (!isMark(text.charAt(i)) || endOfFollowing(text, i + 1) == i + 1) {
                continue;
            }
            int before = Math.max(mark, 0);
            int space = lastSpace(text, before, i);
            int start = space > before ? space + 1 : wordStart;
            if (mark >= 0 && mark <= start) {
                candidates.add(candidate(text, wordStart, mark));
            }
            wordStart = start;
            mark = i;
        }
        if (mark >= 0) {
            candidates.add(candidate(text, wordStart, mark));
        }
        return candidates;
    }

    private static boolean isMark(char c) {
        return c == '.' || c == '?' || c == '!';
    }

    private static Candidate candidate(String text, int start, int mark) {
        int end = mark + 1;
        int next = PythonText.endOf(text, end, PythonText::isSpace);
        return new Candidate(end, next, text.substring(start, endOfFollowing(text, end)));
    }

    /// Where the mark that never lies inside a word, or the space and the word, behind a candidate end; `from` when
    /// neither follows.
    private static int endOfFollowing(String text, int from) {
        if (from < text.length() && PunktWords.isNeverInside(text.charAt(from))) {
            return from + 1;
        }
        int next = PythonText.endOf(text, from, PythonText::isSpace);
        return next == from || next == text.length() ? from : PythonText.endOf(text, next, c -> !PythonText.isSpace(c));
    }

    private static int lastSpace(String text, int from, int to) {
        int at = to - 1;
        while (at >= from && !isAsciiSpace(text.charAt(at))) {
            at--;
        }
        return at;
    }

    private static boolean isAsciiSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    /// Closing quotes and brackets at the start of a sentence belong to the one before.
    private static List<Span> realigned(String text, List<Span> spans) {
        var realigned = new ArrayList<Span>();
        int moved = 0;
        for (int i = 0; i < spans.size(); i++) {
            int start = spans.get(i).start + moved;
            Optional<Span> closing = i + 1 < spans.size() ? closing(text, spans.get(i + 1)) : Optional.empty();
            int end = closing.map(Span::start).orElse(spans.get(i).end);
            if (closing.isPresent() || start < end) {
                realigned.add(new Span(Math.min(start, end), end));
            }
            moved = closing.isPresent() ? closing.get().end - spans.get(i + 1).start : 0;
        }
        return realigned;
    }

    /// The end of the closing marks at the start of a sentence, and the end of the space behind them.
    private static Optional<Span> closing(String text, Span sentence) {
        int end = sentence.start;
        while (end < sentence.end && CLOSING.indexOf(text.charAt(end)) >= 0) {
            end++;
            boolean over = end == sentence.end || PythonText.isSpace(text.charAt(end));
            if (over || text.startsWith("--", end) && end + 2 <= sentence.end) {
                int next = Math.min(PythonText.endOf(text, end, PythonText::isSpace), sentence.end);
                return Optional.of(new Span(end, next));
            }
        }
        return Optional.empty();
    }

    private boolean holdsBreak(String words) {
        List<PunktToken> tokens = Arrays.stream(words.split("\n", -1))
                .flatMap(line -> PunktWords.of(line).stream())
                .map(PunktToken::new)
                .toList();
        tokens.forEach(this::classifyByType);
        for (int i = 0; i + 1 < tokens.size(); i++) {
            classifyByNext(tokens.get(i), tokens.get(i + 1));
            if (tokens.get(i).isBreak) {
                return true;
            }
        }
        return false;
    }

    /// Section 3: what the word alone tells.
    private void classifyByType(PunktToken token) {
        if (token.text.length() == 1 && isMark(token.text.charAt(0))) {
            token.isBreak = true;
        } else if (token.endsInFullStop() && !token.text.endsWith("..")) {
            String stem = PythonText.lower(token.text.substring(0, token.text.length() - 1));
            String last = stem.substring(stem.lastIndexOf('-') + 1);
            token.isAbbreviation = parameters.abbreviations().contains(stem)
                    || parameters.abbreviations().contains(last);
            token.isBreak = !token.isAbbreviation;
        }
    }

    /// Section 4: what the word after it tells.
    private void classifyByNext(PunktToken token, PunktToken next) {
        if (!token.endsInFullStop()) {
            return;
        }
        if (parameters.isCollocation(token.typeWithoutFullStop(), next.typeWithoutBreak())) {
            token.isBreak = false;
        } else if (token.isInitial() || token.isNumber()) {
            token.isBreak = token.isBreak && !continues(token, next);
        } else if ((token.isAbbreviation || token.isEllipsis()) && begins(next)) {
            token.isBreak = true;
        }
    }

    /// Section 4.1: whether a word after an abbreviation or an ellipsis begins a sentence.
    private boolean begins(PunktToken next) {
        return next.startsWithCapital()
                && (isKnownToBegin(next) || parameters.starters().contains(next.typeWithoutBreak()));
    }

    /// Section 4.1.1.
    private boolean isKnownToBegin(PunktToken next) {
        String type = next.typeWithoutBreak();
        return !isPunctuation(next)
                && next.startsWithCapital()
                && parameters.seenSmall(type)
                && !parameters.seenWithCapitalInside(type);
    }

    /// Section 4.3: whether a word after an initial or a number goes on with the sentence.
    private boolean continues(PunktToken token, PunktToken next) {
        String type = next.typeWithoutBreak();
        if (isPunctuation(next)) {
            return true;
        }
        if (next.startsSmall()) {
            return parameters.seenWithCapital(type) || !parameters.seenSmallAtBeginning(type);
        }
        return token.isInitial() && next.startsWithCapital() && !parameters.seenSmall(type);
    }

    private static boolean isPunctuation(PunktToken token) {
        return token.text.length() == 1 && MARKS_ENDING_NO_SENTENCE.contains(token.text);
    }
}
