package dev.caravan.cli;

import dev.caravan.DataException;
import dev.caravan.io.ByteLines;
import dev.caravan.io.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.node.ObjectNode;

/// The loop of a [RowTool]: reads rows, has them answered, writes the answers in the rows' order.
final class RowCopy {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final ObjectReader READER =
            Json.mapper().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final ObjectWriter WRITER = Json.mapper().writer();
    /// Half of a surrogate pair has no UTF-8 form; a row that holds one is written with escapes.
    private static final ObjectWriter ESCAPING_WRITER = WRITER.with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private final PrintStream sink;
    private final BufferedOutputStream out;
    private final int batchSize;
    private final UnaryOperator<List<ObjectNode>> function;
    private final List<Row> batch = new ArrayList<>();
    private boolean sawBadRow;

    /// One line of input: where it stands, and its object or what is wrong with it.
    private record Row(String where, @Nullable ObjectNode content, String problem) {
        @Nullable
        JsonNode id() {
            return content == null ? null : content.get("id");
        }
    }

    RowCopy(PrintStream sink, int batchSize, UnaryOperator<List<ObjectNode>> function) {
        if (batchSize < 1) throw new IllegalArgumentException("batch size must be at least 1, got " + batchSize);
        this.sink = sink;
        this.out = new BufferedOutputStream(sink, BUFFER_BYTES);
        this.batchSize = batchSize;
        this.function = function;
    }

    boolean sawBadRow() {
        return sawBadRow;
    }

    /// Answers every row of a stream. Answers so far are written even when the function ends the tool, and before a
    /// read that may wait. Ends early, without complaint, when nobody reads the output any more.
    ///
    /// @param source what stands before `line 7` in messages
    void from(InputStream in, String source) throws IOException {
        var lines = new ByteLines(in);
        try {
            while (!readerIsGone(lines) && lines.next()) {
                if (lines.isBlank()) continue;
                batch.add(parse(lines, source + "line " + lines.number() + ": "));
                if (batch.size() == batchSize) answerBatch();
            }
            answerBatch();
        } finally {
            flush();
        }
    }

    private boolean readerIsGone(ByteLines lines) throws IOException {
        return lines.mayWait() && flush();
    }

    private boolean flush() throws IOException {
        out.flush();
        return sink.checkError();
    }

    private static Row parse(ByteLines line, String where) {
        try {
            JsonNode tree = READER.readValue(line.buffer(), line.start(), line.length());
            if (tree instanceof ObjectNode content) return new Row(where, content, "");
            return new Row(where, null, "a row must be a JSON object");
        } catch (JacksonException e) {
            return new Row(where, null, "not valid JSON: " + e.getOriginalMessage());
        }
    }

    private void answerBatch() throws IOException {
        List<ObjectNode> inputs = batch.stream()
                .flatMap(row -> Optional.ofNullable(row.content()).stream())
                .toList();
        List<ObjectNode> results = answers(inputs);
        int next = 0;
        for (Row row : batch) {
            write(row, row.content() == null ? error(row.problem()) : results.get(next++));
        }
        batch.clear();
        if (batchSize > 1) out.flush();
    }

    private List<ObjectNode> answers(List<ObjectNode> inputs) {
        if (inputs.isEmpty()) return List.of();
        var results = new ArrayList<ObjectNode>();
        Optional<ObjectNode> refusal = refusal(() -> results.addAll(answersInStep(inputs)));
        if (refusal.isEmpty()) return results;
        if (inputs.size() == 1) return List.of(refusal.get());
        return inputs.stream()
                .flatMap(input -> answers(List.of(input)).stream())
                .toList();
    }

    /// Does something with rows; the answer to them when they are at fault.
    static Optional<ObjectNode> refusal(Runnable work) {
        try {
            work.run();
            return Optional.empty();
        } catch (DataException | IllegalArgumentException | JacksonException e) {
            return Optional.of(error(message(e)));
        }
    }

    private List<ObjectNode> answersInStep(List<ObjectNode> inputs) {
        List<ObjectNode> results = function.apply(inputs);
        if (results.size() == inputs.size()) return results;
        throw new IllegalStateException(results.size() + " results for " + inputs.size() + " rows");
    }

    private void write(Row row, ObjectNode result) throws IOException {
        ObjectNode line = Json.mapper().createObjectNode();
        JsonNode id = row.id();
        if (id != null) line.set("id", id);
        line.setAll(result);
        if (result.has("error")) {
            sawBadRow = true;
            line.put("error", row.where() + result.get("error").asString());
        }
        out.write(bytes(line));
        out.write('\n');
    }

    private static byte[] bytes(ObjectNode line) {
        try {
            return WRITER.writeValueAsBytes(line);
        } catch (JacksonException _) {
            return ESCAPING_WRITER.writeValueAsBytes(line);
        }
    }

    private static ObjectNode error(String message) {
        return Json.mapper().createObjectNode().put("error", message);
    }

    private static String message(RuntimeException e) {
        String text = e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
        return text == null ? e.getClass().getSimpleName() : text;
    }
}
