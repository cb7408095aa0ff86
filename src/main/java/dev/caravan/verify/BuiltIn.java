package dev.caravan.verify;

import dev.caravan.verify.instructions.InstructionVerifier;
import dev.caravan.verify.instructions.TuluIfVerifier;
import java.util.function.Function;

/// The verifiers that come with Caravan, in the order of their names.
enum BuiltIn {
    ARITHMETIC("arithmetic", "the integer behind the last #### (expected: an integer)", _ -> new ArithmeticVerifier()),
    BBH(
            "bbh",
            "what follows the last \"the answer is\" (expected: the target)",
            reading -> new BbhVerifier(reading.answerOnly())),
    BBH_COT(
            "bbh-cot",
            "BIG-Bench Hard's answer by the readings of Tülu 3 (expected: {\"target\", \"form\"}, such as choice)",
            reading -> new BbhCotVerifier(reading.compat())),
    BOXED("boxed", "whether an answer stands in a box, and which (expected: nothing)", _ -> new BoxedVerifier()),
    CODE(
            "code",
            "Python in a sandbox, by its tests or by its output (expected: {\"language\": \"python\", \"before\","
                    + " \"tests\"}, or \"cases\": [{\"input\", \"output\"}…] in place of tests)",
            3,
            reading -> new CodeVerifier(Sandbox.onThisHost(), reading.raw())),
    CONTAINS(
            "contains",
            "an accepted text stands in the completion (expected: a text or a list)",
            _ -> new ContainsVerifier()),
    DROP(
            "drop",
            "DROP's exact match and F1; the score is the F1 (expected: a text, a list of spans, or a list of such lists)",
            _ -> new DropVerifier()),
    EXACT("exact", "the whole text, outer white space aside (expected: a text or a list)", _ -> new ExactVerifier()),
    FINAL_ANSWER(
            "final-answer",
            "a mathematical answer behind \"the final answer is\" (expected: a text, a number, a list or an expression)",
            2,
            _ -> new FinalAnswerVerifier()),
    GSM8K(
            "gsm8k",
            "the last number (expected: a number, or a gold solution with ####)",
            reading -> new Gsm8kVerifier(reading.compat())),
    IFBENCH(
            "ifbench",
            "the instructions of IFBench (expected: {\"instruction_id_list\", \"kwargs\"})",
            2,
            _ -> new InstructionVerifier(InstructionVerifier.Instructions.IFBENCH)),
    IFEVAL(
            "ifeval",
            "the instructions of IFEval (expected: {\"instruction_id_list\", \"kwargs\"})",
            _ -> new InstructionVerifier(InstructionVerifier.Instructions.IFEVAL)),
    JSON_SCHEMA(
            "json-schema",
            "JSON that a schema allows (expected: a schema of the common keywords of draft 2020-12)",
            reading -> new JsonSchemaVerifier(reading.raw())),
    LETTER(
            "letter",
            "the chosen letter (expected: \"C\" or {\"answer\": \"C\", \"choices\": 4})",
            reading -> new LetterVerifier(reading.answerOnly())),
    MATH(
            "math",
            "a mathematical answer (expected: a LaTeX answer, or a gold solution with \\boxed)",
            2,
            reading -> new MathVerifier(reading.compat(), reading.answerOnly(), reading.normalForm())),
    MAX_LENGTH("max-length", "no more words than allowed (expected: how many)", _ -> new MaxLengthVerifier()),
    MMLU_PRO(
            "mmlu-pro", "the chosen letter by MMLU-Pro's three readings (expected: \"C\")", _ -> new MmluProVerifier()),
    REFUSAL(
            "refusal",
            "whether the completion refuses, by its words (expected: refuse or comply)",
            _ -> new RefusalVerifier()),
    REGEX("regex", "a regular expression finds something (expected: the expression)", _ -> new RegexVerifier()),
    SQUAD_EM("squad-em", "SQuAD's exact match (expected: a text or a list)", _ -> new SquadEmVerifier()),
    SQUAD_F1("squad-f1", "SQuAD's F1 (expected: a text or a list)", _ -> new SquadF1Verifier()),
    TULU_IF(
            "tulu-if",
            "an instruction of Tülu 3's RLVR data (expected: {\"function\", \"args\"})",
            reading -> new TuluIfVerifier(reading.compat()));

    private final String spelling;
    private final String description;
    private final int version;
    private final Function<Reading, Verifier> making;

    BuiltIn(String spelling, String description, Function<Reading, Verifier> making) {
        this(spelling, description, 1, making);
    }

    BuiltIn(String spelling, String description, int version, Function<Reading, Verifier> making) {
        this.spelling = spelling;
        this.description = description;
        this.version = version;
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

    /// Raised whenever a verdict changes.
    int version() {
        return version;
    }

    Verifier verifier(Reading reading) {
        return making.apply(reading);
    }
}
