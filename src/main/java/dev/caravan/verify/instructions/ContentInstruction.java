package dev.caravan.verify.instructions;

import java.util.List;
import java.util.regex.Pattern;

/// Parts that a response must have: a postscript, the prompt itself, a second answer, a last phrase.
sealed interface ContentInstruction extends Instruction {
    /// A postscript's mark occurs, in any case; `P.S.` and `P.P.S` with a space between their letters too.
    record Postscript(Pattern marker) implements ContentInstruction {
        private static final String SPACE = PythonText.SPACE + "?";

        static Postscript of(Arguments given) {
            String marker = PythonText.strip(given.text("postscript_marker"));
            return new Postscript(Pattern.compile(
                    switch (marker) {
                        case "P.P.S" -> "p\\." + SPACE + "p\\." + SPACE + "s";
                        case "P.S." -> "p\\." + SPACE + "s\\.";
                        default -> Pattern.quote(PythonText.lower(marker));
                    }));
        }

        @Override
        public boolean isFollowedBy(String response) {
            return marker.matcher(PythonText.lower(response)).find();
        }
    }

    /// Two different answers with six asterisks between them.
    record TwoResponses() implements ContentInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            List<String> pieces = PythonText.split(response, "******").stream()
                    .map(PythonText::strip)
                    .toList();
            int last = pieces.size() - 1;
            boolean emptyInside = last > 0 && pieces.subList(1, last).contains("");
            List<String> answers =
                    pieces.stream().filter(piece -> !piece.isEmpty()).toList();
            return !emptyInside && answers.size() == 2 && !answers.get(0).equals(answers.get(1));
        }
    }

    /// The response begins with the prompt, in any case.
    record RepeatPrompt(String prompt) implements ContentInstruction {
        static RepeatPrompt of(Arguments given) {
            return new RepeatPrompt(normal(given.text("prompt_to_repeat")));
        }

        @Override
        public boolean isFollowedBy(String response) {
            return normal(response).startsWith(prompt);
        }

        private static String normal(String text) {
            return PythonText.lower(PythonText.strip(text));
        }
    }

    /// The response ends with a phrase, in any case and inside quotation marks too.
    record End(String phrase) implements ContentInstruction {
        static End of(Arguments given) {
            return new End(PythonText.lower(PythonText.strip(given.text("end_phrase"))));
        }

        @Override
        public boolean isFollowedBy(String response) {
            return PythonText.lower(PythonText.strip(PythonText.strip(response), '"'))
                    .endsWith(phrase);
        }
    }

    /// The response stands between double quotation marks.
    record Quotation() implements ContentInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            String text = PythonText.strip(response);
            return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        }
    }
}
