package dev.caravan.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.config.Binder;
import dev.caravan.curate.Weight;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MixTest {
    private static final Path MIXES = Path.of("recipes/mixes");

    @Test
    void mixesOfThePaperAddUpToItsNumbers() {
        assertThat(rows("tulu3-sft")).isEqualTo(939_344);
        assertThat(rows("tulu3-preferences-8b")).isEqualTo(271_409);
        assertThat(rows("tulu3-preferences-70b")).isEqualTo(334_302);
        assertThat(rows("tulu3-rlvr")).isEqualTo(29_946);
    }

    @Test
    void skillsOfTheSupervisedMixAddUpToThoseOfItsTable() {
        // the categories of table 7, without the rows that serve preference pairs only
        var bySkill = mix("tulu3-sft").sources().stream()
                .collect(Collectors.groupingBy(
                        source -> source.skill().orElseThrow(), Collectors.summingLong(MixTest::rows)));
        assertThat(bySkill)
                .containsEntry("general-chat", 240L + 7_132 + 9_500 + 100_000)
                .containsEntry("knowledge-recall", 89_982L + 10_000 + 5_000)
                .containsEntry("mathematics", 149_960L + 49_980 + 20_000 + 50_000 + 64_312)
                .containsEntry("coding", 34_999L + 107_276)
                .containsEntry("safety", 10_983L + 50_000 + 50_000)
                .containsEntry("multilingual", 100_000L)
                .containsEntry("instruction-following", 29_980L)
                .hasSize(7);
    }

    @Test
    void everySourceNamesARepositoryOfTheHub() {
        assertThat(List.of("tulu3-sft", "tulu3-preferences-8b", "tulu3-preferences-70b", "tulu3-rlvr"))
                .flatMap(name -> mix(name).sources())
                .allSatisfy(source ->
                        assertThat(HubRepository.parse(source.data().text())).isPresent());
    }

    @Test
    void totalThatTheCountsMissIsAProblemWithItsLine() {
        String yaml = """
                total: 10
                sources:
                  - {name: a, data: a.jsonl, weight: {type: count, rows: 9}}
                """;
        assertThat(Binder.bind(Mix.class, "mix.yaml", yaml, List.of()).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(1);
                    assertThat(problem.message()).isEqualTo("total must be what the counts add up to, 9, got 10");
                });
    }

    private static long rows(String mix) {
        return mix(mix).mixture().statedRows().orElseThrow();
    }

    private static long rows(MixSource source) {
        return source.weight() instanceof Weight.Count(long rows) ? rows : 0;
    }

    private static Mix mix(String name) {
        return Mix.read(MIXES.resolve(name + ".yaml")).get();
    }
}
