package dev.caravan.verify.instructions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ConformanceRows;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FirstWordTaggerTest {
    private static final FirstWordTagger TAGGER = FirstWordTagger.english();

    /// The tags are what textblob-aptagger 0.2.0 gives with the same weights behind a full stop and a noun.
    @Test
    void tagsAreThoseOfThePerceptronItsWeightsComeFrom() {
        for (JsonNode row : ConformanceRows.own("verify/first-word-tags.jsonl")) {
            List<String> words =
                    row.get("words").valueStream().map(JsonNode::asString).toList();
            assertThat(TAGGER.tag(words)).as("%s", row).isEqualTo(row.get("tag").asString());
        }
    }

    @Property(tries = 2_000)
    void everyTextHasATagThatItsFirstThreeWordsDecide(@ForAll @Size(min = 1, max = 5) List<@NotEmpty String> words) {
        String tag = TAGGER.tag(words);
        assertThat(tag).matches("[A-Z]+[$]?|-[LR]RB-|[^A-Za-z]+");
        if (words.size() > 3) {
            assertThat(TAGGER.tag(words.subList(0, 3))).isEqualTo(tag);
        }
    }
}
