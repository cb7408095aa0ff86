package dev.caravan.curate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.config.Binder;
import dev.caravan.data.Skill;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecipeChoicesTest {
    record Curate(List<Source> sources, List<Filter> filters, Decontaminator decontaminate) {}

    @Test
    void sourcesFiltersAndTheRuleBindFromYaml() {
        String yaml = """
                sources:
                  - {type: arithmetic, problems: 6000, slip_rate: 0.6, leaked_tests: 12, flaws: {duplicates: 60}}
                  - {type: chat, chats: 800}
                filters: [{type: empty-turn}, {type: role-order}, {type: repeated-lines}, {type: length, max: 900}]
                decontaminate: {}
                """;
        Curate curate = Binder.bind(Curate.class, "recipe", yaml, List.of()).get();
        assertThat(curate.sources())
                .containsExactly(
                        new ArithmeticSource(
                                "arithmetic", 6_000, 1, 3, 0.6, 12, Optional.of(new Flaws(60, 0, 0, 0, 0, 0))),
                        new ChatSource("chats", 800, Optional.empty()));
        assertThat(curate.filters())
                .containsExactly(
                        new EmptyTurnFilter(),
                        new RoleOrderFilter(),
                        new RepeatedLinesFilter(10),
                        new LengthFilter(1, 900));
        assertThat(curate.decontaminate()).isEqualTo(Decontaminator.ofThePaper());
    }

    @Test
    void filesWithTheirLicenceSkillAndRuleBindFromYaml() {
        String yaml = """
                sources:
                  - type: file
                    name: flan
                    path: flan.tsv
                    shape: flan
                    licence: Apache-2.0
                    skill: knowledge-recall
                    bad_rows: {type: reject, share: 0.05}
                  - {type: file, name: rest, path: rest.parquet}
                filters: [{type: refusal}, {type: token-length, tokenizer: base, max: 2048}]
                decontaminate: {}
                """;
        Curate curate = Binder.bind(Curate.class, "recipe", yaml, List.of()).get();
        assertThat(curate.sources())
                .containsExactly(
                        new FileSource(
                                "flan",
                                "flan.tsv",
                                Optional.of(Shape.FLAN),
                                Optional.of("Apache-2.0"),
                                Optional.of(Skill.KNOWLEDGE_RECALL),
                                new RejectBadRows(0.05)),
                        FileSource.of("rest", "rest.parquet"));
        assertThat(curate.filters())
                .containsExactly(new RefusalFilter(List.of()), new TokenLengthFilter("base", 1, 2048));
    }
}
