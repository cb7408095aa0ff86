package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.io.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ProveCommandTest {
    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    @Test
    void everyLawIsALineAndTheLastWordCountsThem() {
        assertThat(Main.run("prove", "--quick", "--json", "--precision", "float32"))
                .isZero();
        List<JsonNode> laws = out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> Json.mapper().readTree(line))
                .toList();
        assertThat(laws).allSatisfy(law -> {
            assertThat(law.get("holds").asBoolean()).isTrue();
            assertThat(law.get("difference").asDouble())
                    .isLessThanOrEqualTo(law.get("bound").asDouble());
        });
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(laws.size() + " of " + laws.size() + " laws hold");
    }
}
