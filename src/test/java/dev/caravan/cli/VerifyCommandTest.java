package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    @TempDir
    private Path folder;

    @Test
    void everyRowGetsItsVerdict() throws IOException {
        String rows = """
                {"id": 1, "prediction": "so 1,234", "expected": 1234}
                {"id": 2, "prediction": "so 5", "expected": "4"}
                {"id": 3, "prediction": "so 5", "expected": "some"}
                {"id": 4, "prediction": "so 5"}
                """;
        assertThat(run(3, rows, "verify", "gsm8k")).isEqualTo("""
                {"id":1,"verdict":"correct","score":1.0,"extracted":"1234","reason":"1234 is the expected answer"}
                {"id":2,"verdict":"wrong","score":0.0,"extracted":"5","reason":"5 is not the expected 4"}
                {"id":3,"verdict":"unverifiable","reason":"the expected answer 'some' holds no number"}
                {"id":4,"error":"line 4: expected is missing"}
                """);
    }

    @Test
    void compatibilityWithTheReleaseIsAFlag() throws IOException {
        String row = "{\"prediction\": \"-5\", \"expected\": \"-5\"}";
        assertThat(run(0, row, "verify", "gsm8k")).contains("\"correct\"");
        assertThat(run(0, row, "verify", "gsm8k", "--compat", "tulu3")).contains("\"wrong\"");
        run(2, row, "verify", "gsm8k", "--compat", "paper");
    }

    @Test
    void pairsAreCompared() throws IOException {
        String row = "{\"train\": \"a b c d e f g h\", \"test\": \"A b c d e f g h i\"}";
        assertThat(run(0, row, "decontaminate", "--pairs"))
                .isEqualTo("{\"shares_ngram\":true,\"covered\":8,\"tokens\":9,\"coverage\":0.8888888888888888}\n");
    }

    @Test
    void tasksAndVerifiersAreListed() throws IOException {
        assertThat(run(0, "", "verify", "--list")).contains("arithmetic\t", "gsm8k\t");
        assertThat(run(0, "", "tasks", "--json"))
                .contains("{\"name\":\"arithmetic\",\"version\":1,", "\"suites\":[\"tulu3-dev\"]");
    }

    /// What the command prints, given the rows in a file where it reads any.
    private String run(int status, String rows, String... command) throws IOException {
        Path file = Files.writeString(folder.resolve("rows.jsonl"), rows);
        var printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            String[] all = java.util.Arrays.copyOf(command, command.length + (rows.isEmpty() ? 0 : 1));
            if (!rows.isEmpty()) {
                all[command.length] = file.toString();
            }
            assertThat(Main.run(all)).isEqualTo(status);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
