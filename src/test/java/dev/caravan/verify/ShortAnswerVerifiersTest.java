package dev.caravan.verify;

import static dev.caravan.verify.Judgements.given;
import static dev.caravan.verify.Judgements.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.ConformanceRows;
import dev.caravan.data.Verdict;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ShortAnswerVerifiersTest {
    private static final Reading ANSWERS = new Reading(Compat.CURRENT, true, false, false);
    private static final Verifier BBH = new BbhVerifier(false);
    private static final Verifier LETTER = new LetterVerifier(false);

    @Test
    void ownBbhCasesHaveTheirVerdicts() {
        assertThat(ConformanceRows.own("verify/bbh.jsonl"))
                .allSatisfy(row -> assertThat(score(Judgements.of(BBH, row).verdict()))
                        .isEqualTo(row.get("score").asDouble()));
    }

    @Test
    void bbhAgreesWithAllRecordedVerdicts() {
        assertThat(ConformanceRows.shared("bbh_extraction.jsonl.xz", 3_187))
                .hasSize(3_187)
                .allMatch(row -> score(BBH.verify(given(row, "output"), given(row, "target")))
                        == 1
                        == row.get("correct").asBoolean());
    }

    @Test
    void ownMmluProCasesHaveTheirLetters() {
        assertThat(ConformanceRows.own("verify/mmlu-pro.jsonl"))
                .allSatisfy(row -> assertThat(new MmluProVerifier()
                                .judge(given(row, "prediction"), "C")
                                .extracted())
                        .isEqualTo(text(row, "extracted")));
    }

    @Test
    void mmluProExtractsAllRecordedLetters() {
        assertThat(ConformanceRows.shared("mmlu_pro_extraction.jsonl.xz", 3_000))
                .hasSize(3_000)
                .allSatisfy(row -> assertThat(new MmluProVerifier()
                                .judge(given(row, "output"), given(row, "gold"))
                                .extracted())
                        .isEqualTo(text(row, "pred")));
    }

    @Test
    void ownLetterCasesHaveTheirLetters() {
        assertThat(ConformanceRows.own("verify/letter.jsonl")).allSatisfy(row -> {
            Judgement judgement = Judgements.of(LETTER, row);
            assertThat(judgement.extracted()).isEqualTo(text(row, "extracted"));
            assertThat(score(judgement.verdict()))
                    .isEqualTo(judgement.extracted().isPresent() ? 1 : 0);
        });
    }

    @Test
    void bareLetterMayBeLowerCaseAndMarked() {
        Verifier bare = Verifiers.installed().get("letter", ANSWERS);
        assertThat(score(bare.verify("(c)", "C"))).isEqualTo(1);
        assertThat(score(bare.verify("the answer is C", "C"))).isZero();
    }

    @Test
    void expectedLetterOutOfRangeCannotBeJudged() {
        assertThat(List.of("K", "c", "", "{\"answer\": \"D\", \"choices\": 3}", "{\"answer\"", "{}"))
                .allSatisfy(expected -> assertThat(LETTER.verify("C", expected)).isInstanceOf(Verdict.Failed.class));
    }

    @Test
    void ownSquadCasesHaveTheirScores() {
        assertThat(ConformanceRows.own("verify/squad.jsonl")).allSatisfy(row -> {
            assertThat(score(Judgements.of(new SquadEmVerifier(), row).verdict()))
                    .isEqualTo(row.get("em").asDouble());
            assertThat(score(Judgements.of(new SquadF1Verifier(), row).verdict()))
                    .isCloseTo(row.get("f1").asDouble(), within(1e-12));
        });
    }

    @Test
    void squadScoresAgreeWithAllRecordedOnes() {
        assertThat(ConformanceRows.shared("string_metrics.jsonl", 42))
                .hasSize(42)
                .allSatisfy(row -> assertThat(score(
                                Verifiers.named("squad-" + row.get("metric").asString())
                                        .verify(given(row, "prediction"), given(row, "gold"))))
                        .isCloseTo(
                                row.get("expected").asDouble(),
                                within(Math.max(1e-6, row.get("tolerance").asDouble()))));
    }

    @Test
    void exactTakesAnyOfAList() {
        var exact = new ExactVerifier();
        assertThat(score(exact.verify("Paris", "[\"Lyon\", \"Paris \"]"))).isEqualTo(1);
        assertThat(exact.verify("Rome", "[\"Lyon\", \"Paris\"]"))
                .isEqualTo(Verdict.wrong("'Rome' is not among the 2 expected texts"));
        assertThat(score(exact.verify("[1, 2]", "[1, 2]"))).isEqualTo(1);
    }

    @Test
    void everyWordTooManyCostsALittle() {
        var atMostTwo = new MaxLengthVerifier();
        assertThat(score(atMostTwo.verify("two words", "2"))).isEqualTo(1);
        assertThat(score(atMostTwo.verify("three words here", "2"))).isEqualTo(1 - 1 / 32_768.0);
        assertThat(atMostTwo.verify("two words", "few")).isInstanceOf(Verdict.Failed.class);
    }

    @Test
    void expressionIsSearchedFor() {
        var regex = new RegexVerifier();
        assertThat(score(regex.verify("room 101", "\\d{3}"))).isEqualTo(1);
        assertThat(score(regex.verify("room 12", "\\d{3}"))).isZero();
        assertThat(regex.verify("room", "(")).isInstanceOf(Verdict.Failed.class);
    }

    @Test
    void expressionThatGoesRoundEmptyPartsIsGivenUp() {
        var regex = new RegexVerifier();
        String text = "a".repeat(100_000);
        for (String endless :
                List.of("((){1000000}){1000000}x", "(){900000}x", "(^|\\b){99999}{99999}", "{9999}{9999}x")) {
            assertThat(regex.verify(text, endless)).as(endless).isInstanceOf(Verdict.Failed.class);
        }
        assertThat(score(regex.verify("of 12 May 2024, ", "(\\w+,? ){4}"))).isEqualTo(1);
        assertThat(score(regex.verify(text, "^a{100000}$"))).isEqualTo(1);
        assertThat(score(regex.verify(text, "[ab]{99999}\\p{Alpha}{1}"))).isEqualTo(1);
    }

    @Test
    void searchWithoutEndCannotTell() {
        assertThat(new RegexVerifier().verify("a".repeat(60), "(a+a+)+\\1c")).isInstanceOf(Verdict.Failed.class);
        assertThat(new RegexVerifier().verify("ab".repeat(100_000), "(a|b)*c")).isInstanceOf(Verdict.Failed.class);
    }

    @Property
    void neverThrow(@ForAll("answers") String completion, @ForAll("answers") String expected) {
        for (String name :
                List.of("bbh", "drop", "exact", "letter", "max-length", "mmlu-pro", "regex", "squad-em", "squad-f1")) {
            assertThat(Verifiers.named(name).verify(completion, expected).because())
                    .isNotEmpty();
            assertThat(Verifiers.installed()
                            .get(name, ANSWERS)
                            .verify(completion, expected)
                            .because())
                    .isNotEmpty();
        }
    }

    @Provide
    Arbitrary<String> answers() {
        Arbitrary<String> fragments = Arbitraries.of(
                "the answer is ",
                "Answer:",
                "(",
                ")",
                "[",
                "]",
                "\"",
                ",",
                "{",
                "}",
                "A",
                "C",
                "1e5",
                "-",
                " ",
                ".",
                "</think>",
                "inf",
                "\n",
                "\\boxed",
                "\ud83d",
                "null");
        return Arbitraries.oneOf(
                Arbitraries.strings(), fragments.list().ofMaxSize(12).map(list -> String.join("", list)));
    }

    private static Optional<String> text(JsonNode row, String key) {
        return row.get(key).isNull()
                ? Optional.empty()
                : Optional.of(row.get(key).asString());
    }
}
