package dev.caravan.curate;

import dev.caravan.io.Json;
import tools.jackson.databind.node.ObjectNode;

/// Lines of the FLAN collection's chain-of-thought files: input, target and rationale with tabs between them, no
/// header and no quotes, line breaks written as `\n`.
final class FlanLines {
    static final String INPUTS = "inputs";
    static final String TARGETS = "targets";
    static final String RATIONALE = "rationale";

    private FlanLines() {}

    static FileRow row(NumberedLines.Line line) {
        if (!line.problem().isEmpty()) return new BadRow(line.where(), line.problem(), line.text());
        String[] fields = line.text().split("\t", -1);
        if (fields.length < 2 || fields.length > 3) {
            String problem = "a line must be input, target and perhaps a rationale with tabs between, got %d parts"
                    .formatted(fields.length);
            return new BadRow(line.where(), problem, line.text());
        }
        ObjectNode content = Json.mapper().createObjectNode();
        content.put(INPUTS, unescaped(fields[0]));
        content.put(TARGETS, unescaped(fields[1]));
        if (fields.length == 3) content.put(RATIONALE, unescaped(fields[2]));
        return new JsonRow(line.where(), content);
    }

    private static String unescaped(String field) {
        return field.replace("\\n", "\n").strip();
    }
}
