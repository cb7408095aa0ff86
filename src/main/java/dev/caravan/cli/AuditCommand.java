package dev.caravan.cli;

import dev.caravan.DataException;
import dev.caravan.curate.Example;
import dev.caravan.data.Check;
import dev.caravan.data.Verdict;
import dev.caravan.eval.Audit;
import dev.caravan.io.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `caravan audit PROMPTS…`: the gold answers that their own verifier does not accept.
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Give every gold answer to its own verifier and list those that fail; exit 3 when there are any.")
final class AuditCommand implements Callable<Integer> {
    private static final int FAILURES = 3;
    private static final int ROWS_AT_A_TIME = 64;

    @Parameters(arity = "1..*", paramLabel = "PROMPTS", description = "files of prompts with what they expect")
    private List<String> files = List.of();

    private final Audit audit = new Audit();

    /// A row that can be audited.
    private record Row(String id, String source, Check check, Optional<String> solution) {}

    /// What came of it.
    private record Audited(Row row, Audit.Finding finding) {}

    @Override
    public Integer call() {
        long[] counts = new long[3]; // rows, failures, rows without an answer
        try (Stream<Row> rows = RowFiles.of(files).examples().flatMap(AuditCommand::row)) {
            rows.gather(Gatherers.mapConcurrent(ROWS_AT_A_TIME, this::audited)).forEach(each -> count(each, counts));
        }
        if (counts[0] == 0) throw new DataException("none of the rows says what is expected");
        System.err.printf(
                "%d of %d gold answers fail; %d rows expect a rule and have no answer, of these only that was read%n",
                counts[1], counts[0], counts[2]);
        return counts[1] == 0 ? 0 : FAILURES;
    }

    private static Stream<Row> row(Example example) {
        Optional<String> solution =
                example.answered() ? Optional.of(example.messages().getLast().content()) : Optional.empty();
        return example.check().stream().map(check -> new Row(example.id(), example.source(), check, solution));
    }

    private Audited audited(Row row) {
        return new Audited(row, audit.of(row.check(), row.solution()));
    }

    private static void count(Audited audited, long[] counts) {
        counts[0]++;
        if (audited.finding().answer().isEmpty()) counts[2]++;
        if (audited.finding().passes()) return;
        counts[1]++;
        System.out.println(Json.write(line(audited)));
    }

    private static ObjectNode line(Audited audited) {
        Row row = audited.row();
        ObjectNode line = Json.mapper()
                .createObjectNode()
                .put("id", row.id())
                .put("source", row.source())
                .put("verifier", row.check().verifier())
                .put("expected", row.check().expected());
        audited.finding().answer().ifPresent(answer -> line.put("answer", answer));
        Verdict verdict = audited.finding().verdict();
        if (verdict instanceof Verdict.Scored scored) {
            line.put("verdict", scored.score() == 0 ? "wrong" : "partial").put("score", scored.score());
        } else {
            line.put("verdict", "unverifiable");
        }
        return line.put("reason", verdict.because());
    }
}
