package dev.caravan.generate.synthesis;

import java.util.Optional;
import java.util.regex.Pattern;

/// Where the final answer stands in a response.
enum FinalAnswer {
    /// Between the dollar signs of the last sentence.
    MINERVA("math") {
        @Override
        Optional<String> in(String response) {
            int start = response.lastIndexOf(SENTENCE);
            int end = response.lastIndexOf(SENTENCE_END);
            return start >= 0 && end > start + SENTENCE.length()
                    ? some(response.substring(start + SENTENCE.length(), end))
                    : Optional.empty();
        }
    },
    /// A number behind the last `####`.
    HASHES("gsm8k") {
        @Override
        Optional<String> in(String response) {
            int mark = response.lastIndexOf("####");
            return mark < 0
                    ? Optional.empty()
                    : some(response.substring(mark + 4))
                            .filter(text -> NUMBER.matcher(text).matches());
        }
    },
    /// The whole, where it defines a function.
    PYTHON("") {
        @Override
        Optional<String> in(String response) {
            return DEFINITION.matcher(response).find() ? Optional.of(response) : Optional.empty();
        }
    },
    /// The whole.
    WHOLE("ifeval") {
        @Override
        Optional<String> in(String response) {
            return some(response);
        }
    };

    private static final String SENTENCE = "The final answer is $";
    private static final String SENTENCE_END = "$. I hope it is correct.";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9,]{0,30}(\\.[0-9]{1,30})?");
    private static final Pattern DEFINITION = Pattern.compile("^(async )?def \\w+\\(", Pattern.MULTILINE);

    private final String verifier;

    FinalAnswer(String verifier) {
        this.verifier = verifier;
    }

    abstract Optional<String> in(String response);

    /// The verifier that such an answer can be checked by; none for code, which has no tests.
    Optional<String> verifier() {
        return some(verifier);
    }

    boolean isMathematical() {
        return this == MINERVA || this == HASHES;
    }

    private static Optional<String> some(String text) {
        return Optional.of(text.strip()).filter(stripped -> !stripped.isEmpty());
    }
}
