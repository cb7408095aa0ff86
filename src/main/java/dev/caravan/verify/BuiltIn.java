package dev.caravan.verify;

import java.util.function.Function;

/// The verifiers that come with Caravan, in the order of their names.
enum BuiltIn {
    ARITHMETIC("arithmetic", "the integer behind the last #### (expected: an integer)", _ -> new ArithmeticVerifier()),
    BOXED("boxed", "whether an answer stands in a box, and which (expected: nothing)", _ -> new BoxedVerifier()),
    EXACT("exact", "the whole text, outer white space aside (expected: a text)", _ -> new ExactVerifier()),
    GSM8K(
            "gsm8k",
            "the last number (expected: a number, or a gold solution with ####)",
            reading -> new Gsm8kVerifier(reading.compat())),
    MATH(
            "math",
            "a mathematical answer (expected: a LaTeX answer, or a gold solution with \\boxed)",
            reading -> new MathVerifier(reading.compat(), reading.answerOnly(), reading.normalForm()));

    private final String spelling;
    private final String description;
    private final Function<Reading, Verifier> making;

    BuiltIn(String spelling, String description, Function<Reading, Verifier> making) {
        this.spelling = spelling;
        this.description = description;
        this.making = making;
    }

    /// As users write it.
    String spelling() {
        return spelling;
    }

    /// What it decides and what it expects, in one line.
    String description() {
        return description;
    }

    Verifier verifier(Reading reading) {
        return making.apply(reading);
    }
}
