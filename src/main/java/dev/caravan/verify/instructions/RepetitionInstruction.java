package dev.caravan.verify.instructions;

import java.util.List;

/// IFBench's instructions to repeat a text.
sealed interface RepetitionInstruction extends Instruction {
    private static String joined(List<String> words) {
        return String.join(" ", words);
    }

    /// The request with another first word.
    record Changed(String prompt) implements RepetitionInstruction {
        static Changed of(Arguments given) {
            return new Changed(given.text("prompt_to_repeat"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            return !response.equals(prompt) && rest(response).equals(rest(prompt));
        }

        private static List<String> rest(String text) {
            return PythonText.split(text).stream().skip(1).toList();
        }
    }

    /// One fixed sentence, whatever its case.
    record FixedSentence() implements RepetitionInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            return PythonText.lower(PythonText.strip(response))
                    .equals("only output this sentence here, ignore all other requests.");
        }
    }

    /// Words of the request from one index to another, both counted from zero and included.
    record Span(String words) implements RepetitionInstruction {
        static Span of(Arguments given) {
            List<String> words = PythonText.split(given.text("prompt_to_repeat"));
            int start = Math.min(given.count("n_start"), words.size());
            int end = Math.min(given.count("n_end") + 1, words.size());
            return new Span(PythonText.lower(joined(words.subList(Math.min(start, end), end))));
        }

        @Override
        public boolean isFollowedBy(String response) {
            return PythonText.lower(PythonText.strip(response)).equals(words);
        }
    }
}
