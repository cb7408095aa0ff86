package dev.caravan.io;

import dev.caravan.DataException;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// JSON in and out, with one set of rules for the whole project: unknown keys are ignored, a record's key must be
/// there unless it is `Optional`, output is compact UTF-8.
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();
    private static final ObjectWriter ESCAPING = MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private static final Pattern PARSERS_PLACE = Pattern.compile(" \\(start marker at \\[Source: [^]]*]\\)");

    private Json() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /// The bytes of one line of JSON, without its end. Half of a surrogate pair has no UTF-8 form; a value that
    /// holds one is written with escapes.
    public static byte[] line(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JacksonException _) {
            return ESCAPING.writeValueAsBytes(value);
        }
    }

    /// What is wrong with a text, without the parser's notes on where it read it.
    public static String problem(JacksonException e) {
        return PARSERS_PLACE.matcher(e.getOriginalMessage()).replaceAll("");
    }

    public static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            throw new DataException("not valid JSON: " + problem(e), e);
        }
    }

    public static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new DataException("not valid JSON: " + problem(e), e);
        }
    }
}
