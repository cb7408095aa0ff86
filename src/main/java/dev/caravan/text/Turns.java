package dev.caravan.text;

import dev.caravan.DataException;
import dev.caravan.data.Message;
import dev.caravan.text.jinja.Origin;
import dev.caravan.text.jinja.TracedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Where in a rendered conversation the assistant speaks.
///
/// @param learnt the parts to be learnt, in order: each answer with its end token, or what `{% generation %}`
///     encloses
/// @param cuts where a prompt ends: no token reaches across, so the prompt's ids begin the conversation's ids
record Turns(List<Span> learnt, List<Integer> cuts) {
    /// `text[start, end)`.
    record Span(int start, int end) {
        boolean holds(int at) {
            return at >= start && at < end;
        }
    }

    /// Renders the messages up to where an assistant's answer begins.
    @FunctionalInterface
    interface PromptRenderer {
        TracedText prompt(List<Message> messages);
    }

    /// @param ends the texts of the end tokens
    static Turns of(List<Message> messages, TracedText text, List<String> ends, PromptRenderer renderer) {
        var answers = new ArrayList<Span>();
        var cuts = new TreeSet<Integer>();
        for (int i = 0; i < messages.size(); i++) {
            if (!messages.get(i).role().equals(Message.ASSISTANT)) continue;
            Optional<Span> content = content(text, i);
            boolean calls = messages.get(i).toolCalls().isPresent();
            int prompt = promptLength(messages.subList(0, i), text, content, calls, renderer);
            if (prompt >= 0) cuts.add(prompt);
            if (content.isEmpty() && prompt < 0) continue;
            int start = prompt >= 0 ? prompt : content.get().start();
            int said = content.map(Span::end).orElse(start);
            answers.add(new Span(start, calls ? endOfCalls(text, said, ends) : endOfTurn(text, said, ends)));
        }
        List<Span> learnt = generated(text);
        if (learnt.isEmpty()) learnt = answers;
        learnt.forEach(span -> cuts.add(span.start()));
        return new Turns(List.copyOf(learnt), List.copyOf(cuts));
    }

    /// From the first to the last character that came from a message.
    private static Optional<Span> content(TracedText text, int message) {
        int start = -1;
        int end = -1;
        for (int at = 0; at < text.length(); at = text.runEnd(at)) {
            if (text.origin(at).source() != message) continue;
            if (start < 0) start = at;
            end = text.runEnd(at);
        }
        return start < 0 ? Optional.empty() : Optional.of(new Span(start, end));
    }

    /// The length of the prompt that leads to an answer, or -1 where the conversation does not begin with that prompt
    /// or has more than white space between it and the answer; before calls of tools, whose brackets and marks the
    /// template writes, anything of the template's.
    private static int promptLength(
            List<Message> before, TracedText text, Optional<Span> content, boolean calls, PromptRenderer renderer) {
        try {
            String prompt = renderer.prompt(before).toString();
            int length = prompt.length();
            int answer = content.map(Span::start).orElse(length);
            boolean leads = text.toString().startsWith(prompt)
                    && length <= answer
                    && (calls
                            ? isTemplate(text, length, answer)
                            : text.toString().substring(length, answer).isBlank());
            return leads ? length : -1;
        } catch (DataException refusal) {
            return -1;
        }
    }

    /// Behind the end token that follows an answer, white space between them included; the answer's own end where
    /// none follows.
    private static int endOfTurn(TracedText text, int from, List<String> ends) {
        String chars = text.toString();
        int at = from;
        while (at < chars.length() && Character.isWhitespace(chars.charAt(at)) && isTemplate(text, at, at + 1)) at++;
        for (String end : ends) {
            if (chars.startsWith(end, at) && isTemplate(text, at, at + end.length())) return at + end.length();
        }
        return from;
    }

    /// Behind the first end token that the template writes after calls of tools, which it closes with brackets and
    /// marks
    /// of its own; the calls' own end where another message comes first.
    private static int endOfCalls(TracedText text, int from, List<String> ends) {
        for (int at = from; at < text.length() && isTemplate(text, at, at + 1); at++) {
            int end = endOfTurn(text, at, ends);
            if (end > at) return end;
        }
        return from;
    }

    /// Whether a stretch was written by the template alone.
    static boolean isTemplate(TracedText text, int from, int to) {
        for (int at = from; at < to; at = text.runEnd(at)) if (!text.origin(at).isTemplate()) return false;
        return true;
    }

    private static List<Span> generated(TracedText text) {
        var spans = new ArrayList<Span>();
        for (int at = 0; at < text.length(); at = text.runEnd(at)) {
            Origin origin = text.origin(at);
            if (!origin.generated()) continue;
            boolean continues = !spans.isEmpty() && spans.getLast().end() == at;
            int start = continues ? spans.removeLast().start() : at;
            spans.add(new Span(start, text.runEnd(at)));
        }
        return spans;
    }

    boolean isLearnt(int at) {
        return learnt.stream().anyMatch(span -> span.holds(at));
    }
}
