package dev.caravan.verify;

import dev.caravan.verify.instructions.InstructionVerifier;
import dev.caravan.verify.instructions.TuluIfVerifier;
import java.util.function.Function;

/// The verifiers that come with Caravan, in the order of their names.
enum BuiltIn {
    ARITHMETIC("arithmetic", "the integer behind the last #### (expected: an integer)", _ -> new ArithmeticVerifier()),
    EXACT("exact", "the whole text, outer white space aside (expected: a text)", _ -> new ExactVerifier()),
    GSM8K(
            "gsm8k",
            "the last number (expected: a number, or a gold solution with ####)",
            reading -> new Gsm8kVerifier(reading.compat())),
    IFBENCH(
            "ifbench",
            "the instructions of IFBench (expected: {\"instruction_id_list\", \"kwargs\"})",
            _ -> new InstructionVerifier(InstructionVerifier.Instructions.IFBENCH)),
    IFEVAL(
            "ifeval",
            "the instructions of IFEval (expected: {\"instruction_id_list\", \"kwargs\"})",
            _ -> new InstructionVerifier(InstructionVerifier.Instructions.IFEVAL)),
    TULU_IF(
            "tulu-if",
            "an instruction of Tülu 3's RLVR data (expected: {\"function\", \"args\"})",
            reading -> new TuluIfVerifier(reading.compat()));

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
