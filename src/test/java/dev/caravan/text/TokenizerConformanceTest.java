package dev.caravan.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TokenizerConformanceTest {
    @ParameterizedTest
    @CsvSource({
        "llama-bpe, llama-bpe.jsonl",
        "llama-bpe, extra_llama-bpe.jsonl.xz",
        "qwen2, qwen2.jsonl",
        "qwen2, extra_qwen2.jsonl.xz",
        "gpt-2, gpt-2.jsonl",
        "dolma2, extra_dolma2.jsonl.xz"
    })
    void idsEqualThoseOfThePublishedTokenizer(String vocabulary, String cases) {
        List<JsonNode> rows =
                Shared.rows(Shared.need("conformance/tokenizer_cases/" + cases, "cases of " + vocabulary));
        Tokenizer tokenizer = PublicVocabularies.named(vocabulary);
        assertThat(rows).allSatisfy(row -> {
            String text = row.path("text").asString();
            assertThat(tokenizer.encode(text)).containsExactly(Shared.ids(row.path("ids")));
            assertThat(tokenizer.encodeWithOffsets(text, SpecialText.NOWHERE).ids())
                    .containsExactly(Shared.ids(row.path("ids")));
        });
    }
}
