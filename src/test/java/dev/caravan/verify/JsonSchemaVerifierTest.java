package dev.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.data.Verdict;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaVerifierTest {
    private static final Verifier SCHEMA = Verifiers.named("json-schema");
    private static final String PERSON = """
            {"type": "object", "required": ["name"], "additionalProperties": false,
             "properties": {"name": {"type": "string", "minLength": 1}, "age": {"type": "integer", "minimum": 0},
                            "tags": {"type": "array", "items": {"enum": ["a", "b"]}, "uniqueItems": true, "maxItems": 2}}}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\": \"Ada\"}|1",
                "{\"name\": \"Ada\", \"age\": 36.0, \"tags\": [\"a\", \"b\"]}|1",
                "{\"age\": 3}|0",
                "{\"name\": \"\"}|0",
                "{\"name\": \"Ada\", \"age\": -1}|0",
                "{\"name\": \"Ada\", \"age\": 1.5}|0",
                "{\"name\": \"Ada\", \"tags\": [\"a\", \"a\"]}|0",
                "{\"name\": \"Ada\", \"tags\": [\"c\"]}|0",
                "{\"name\": \"Ada\", \"more\": 1}|0",
                "[]|0",
                "not JSON|0"
            })
    void valuesAreHeldAgainstTheSchema(String value, double score) {
        assertThat(SCHEMA.verify(value, PERSON))
                .isInstanceOfSatisfying(
                        Verdict.Scored.class,
                        scored ->
                                assertThat(scored.score()).as(scored.because()).isEqualTo(score));
    }

    @Test
    void fencedBlockIsTakenOutOfAnAnswer() {
        assertThat(SCHEMA.verify("Here:\n```json\n{\"name\": \"Ada\"}\n```\nDone.", PERSON))
                .isEqualTo(Verdict.correct("the schema allows it"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"anyOf\": [{\"type\": \"null\"}, {\"minimum\": 3}]}|4|1",
                "{\"anyOf\": [{\"type\": \"null\"}, {\"minimum\": 3}]}|2|0",
                "{\"oneOf\": [{\"multipleOf\": 2}, {\"multipleOf\": 3}]}|6|0",
                "{\"oneOf\": [{\"multipleOf\": 2}, {\"multipleOf\": 3}]}|9|1",
                "{\"not\": {\"const\": 1}}|1.0|0",
                "{\"prefixItems\": [{\"type\": \"string\"}], \"items\": false}|[\"a\"]|1",
                "{\"prefixItems\": [{\"type\": \"string\"}], \"items\": false}|[\"a\", 1]|0",
                "{\"$defs\": {\"n\": {\"type\": \"number\"}}, \"items\": {\"$ref\": \"#/$defs/n\"}}|[1, 2]|1",
                "{\"$defs\": {\"n\": {\"type\": \"number\"}}, \"items\": {\"$ref\": \"#/$defs/n\"}}|[1, \"2\"]|0",
                "true|1|1",
                "false|1|0"
            })
    void schemasAreCombined(String schema, String value, double score) {
        assertThat(SCHEMA.verify(value, schema))
                .isInstanceOfSatisfying(
                        Verdict.Scored.class,
                        scored ->
                                assertThat(scored.score()).as(scored.because()).isEqualTo(score));
    }

    @Test
    void whatIsNotKnownIsNoVerdict() {
        assertThat(SCHEMA.verify("\"a\"", "{\"pattern\": \"a\"}"))
                .isEqualTo(new Verdict.Failed("the schema's keyword 'pattern' is not known here"));
        assertThat(SCHEMA.verify("1", "{\"$ref\": \"#\"}").because()).contains("nests too deeply");
        assertThat(SCHEMA.verify("1", "{\"$ref\": \"http://host/x\"}")).isInstanceOf(Verdict.Failed.class);
        assertThat(SCHEMA.verify("1e999999999", "{\"multipleOf\": 2}")).isInstanceOf(Verdict.Failed.class);
    }

    @Property(tries = 300)
    void anyTextsComeToAVerdict(@ForAll String completion, @ForAll String schema) {
        assertThat(SCHEMA.verify(completion, schema)).isNotNull();
    }
}
