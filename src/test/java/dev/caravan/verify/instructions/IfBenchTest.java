package dev.caravan.verify.instructions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.caravan.ConformanceRows;
import dev.caravan.data.Verdict;
import dev.caravan.io.Json;
import dev.caravan.verify.Judgement;
import dev.caravan.verify.instructions.InstructionVerifier.Instructions;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class IfBenchTest {
    private static final InstructionVerifier IFBENCH = new InstructionVerifier(Instructions.IFBENCH);
    private static final Map<String, Object> ARGUMENTS = Map.ofEntries(
            entry("N", 2),
            entry("small_n", 1),
            entry("n", 1),
            entry("m", 2),
            entry("min_words", 1),
            entry("max_words", 5),
            entry("n_start", 2),
            entry("n_end", 1),
            entry("percentage", 50),
            entry("keyword", "a"),
            entry("keyword1", "a"),
            entry("keyword2", "b"),
            entry("keyword3", "c"),
            entry("keyword4", ""),
            entry("keyword5", "é"),
            entry("word", "a"),
            entry("sep", "-"),
            entry("options", "a, b, c"),
            entry("reference_text", "a b c d"),
            entry("prompt_to_repeat", "a b c"));

    @Test
    void ownCasesHaveTheirVerdicts() {
        for (JsonNode row : ConformanceRows.own("verify/ifbench.jsonl")) {
            assertThat(judge(row).details())
                    .as("%s", row)
                    .containsEntry("strict", List.of(row.get("strict").asBoolean()))
                    .containsEntry("loose", List.of(row.get("loose").asBoolean()));
        }
    }

    @Test
    void everyInstructionHasAnOwnCaseThatFollowsItAndOneThatDoesNot() {
        List<JsonNode> rows = ConformanceRows.own("verify/ifbench.jsonl");
        for (IfBenchInstruction instruction : IfBenchInstruction.values()) {
            assertThat(rows.stream()
                            .filter(row -> row.get("id").asString().equals(instruction.id()))
                            .map(row -> row.get("strict").asBoolean()))
                    .as("%s", instruction)
                    .contains(true, false);
        }
    }

    @Test
    void hostileTextsAreJudged() {
        for (String piece :
                List.of("*", "\n", "\n ", "(", "\"", "'\"", "a.", ". ", "\",", "\"\n", "Question 1", "<i>", "a-b ")) {
            String text = piece.repeat(20_000 / piece.length());
            for (IfBenchInstruction instruction : IfBenchInstruction.values()) {
                assertThat(IFBENCH.verify(text, asked(instruction.id(), ARGUMENTS)))
                        .isInstanceOf(Verdict.Scored.class);
            }
        }
    }

    @Property(tries = 3_000)
    void nothingIsThrownAndWhatIsFollowedStrictlyIsFollowedLoosely(
            @ForAll IfBenchInstruction instruction, @ForAll("responses") String response) {
        Map<String, Object> details =
                IFBENCH.judge(response, asked(instruction.id(), ARGUMENTS)).details();
        assertThat(details).containsOnlyKeys("strict", "loose");
        if (details.get("strict").equals(List.of(true))) {
            assertThat(details).containsEntry("loose", List.of(true));
        }
    }

    /// Texts of the marks that instructions look for, and of any characters.
    @Provide
    Arbitrary<String> responses() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(60),
                Arbitraries.of(
                                "*",
                                "- ",
                                "\n",
                                "\n\n",
                                " ",
                                "  ",
                                "<i>",
                                "</em>",
                                "(",
                                "]",
                                "\"",
                                "'",
                                ". ",
                                "? ",
                                "!",
                                "a",
                                "b",
                                "é",
                                "1",
                                "7,",
                                "🦊",
                                "…",
                                "Question 1: ",
                                "A) b",
                                "ID,",
                                "Zimbabwe",
                                "1800-01-01",
                                "\r",
                                "\t")
                        .list()
                        .ofMaxSize(25)
                        .map(parts -> String.join("", parts)));
    }

    private static String asked(String id, Map<String, ?> kwargs) {
        return Json.write(Map.of("instruction_id_list", List.of(id), "kwargs", List.of(kwargs)));
    }

    private static Judgement judge(JsonNode row) {
        return IFBENCH.judge(
                row.get("response").asString(),
                Json.write(
                        Map.of("instruction_id_list", List.of(row.get("id")), "kwargs", List.of(row.get("kwargs")))));
    }
}
