package dev.caravan.curate;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import dev.caravan.io.PackedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// The elements of a file that is one JSON list, or one JSON object with such a list, read one at a time. A mistake of
/// the syntax ends the file, since nothing behind it can be trusted.
final class JsonListRows extends RowsOneByOne {
    /// Under which an object may hold the list.
    private static final Set<String> HOLDERS = Set.of("data", "examples", "rows");

    private final InputStream in;
    private final JsonParser parser;

    JsonListRows(Path file) {
        super(file);
        this.in = PackedFile.open(file);
        this.parser = Json.mapper().createParser(in);
        enter(parser);
    }

    /// Whether the file is such a list. A file of objects, one a line, is not.
    static boolean isList(Path file) {
        try (InputStream in = PackedFile.open(file);
                JsonParser parser = Json.mapper().createParser(in)) {
            return enter(parser);
        } catch (JacksonException _) {
            return false; // the reader of lines says what is wrong and where
        } catch (IOException e) {
            throw new DataException("cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /// Goes to the bracket that opens the list.
    private static boolean enter(JsonParser parser) {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) return first == JsonToken.START_ARRAY;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY && HOLDERS.contains(key)) return true;
            parser.skipChildren();
        }
        return false;
    }

    @Override
    public void close() throws Exception {
        parser.close();
        in.close();
    }

    @Override
    @Nullable
    FileRow read() {
        try {
            JsonToken token = parser.nextToken();
            if (token == null || token == JsonToken.END_ARRAY) return null;
            String where = where();
            JsonNode content = parser.readValueAsTree();
            return JsonRow.of(where, content, content.toString());
        } catch (JacksonException e) {
            throw new DataException(where() + ": not valid JSON: " + Json.problem(e), e);
        }
    }

    private String where() {
        return file + ":" + Math.max(1, parser.currentTokenLocation().getLineNr());
    }
}
