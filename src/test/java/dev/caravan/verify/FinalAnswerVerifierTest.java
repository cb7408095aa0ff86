package dev.caravan.verify;

import static dev.caravan.verify.Judgements.score;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ConformanceRows;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FinalAnswerVerifierTest {
    @Test
    void ownCasesHaveTheirAnswersAndVerdicts() {
        assertThat(ConformanceRows.own("verify/final-answer.jsonl")).allSatisfy(row -> {
            Judgement judgement = Judgements.of(new FinalAnswerVerifier(), row);
            assertThat(judgement.extracted())
                    .isEqualTo(Optional.ofNullable(
                            row.get("extracted").asStringOpt().orElse(null)));
            assertThat(score(judgement.verdict()))
                    .as(row.toString())
                    .isEqualTo(row.get("score").asDouble());
        });
    }
}
