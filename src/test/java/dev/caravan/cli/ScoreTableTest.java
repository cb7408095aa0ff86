package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTableTest {
    @TempDir
    private Path run;

    @Test
    void everyTaskHasItsModelsWithIntervalsAndGains() throws IOException {
        Files.writeString(Files.createDirectory(run.resolve("04-eval")).resolve("scores.json"), """
                [{"model":"base","task":"arithmetic","metric":"accuracy, greedy","score":0.125,"ci95":[0.1,0.15],"n":16},
                 {"model":"base","task":"arithmetic","metric":"accuracy, T = 1.0","score":0,"ci95":[0,0]},
                 {"model":"sft","task":"arithmetic","metric":"accuracy, greedy","score":1,"ci95":[1,1],
                  "gain":0.875,"gain_ci95":[0.85,0.9]},
                 {"model":"sft","task":"arithmetic","metric":"accuracy, T = 1.0","score":0.5,"ci95":[0.25,0.75],
                  "gain":-0.005,"gain_ci95":[-0.01,0.2]}]
                """);
        assertThat(String.join("\n", ScoreTable.of(run).lines())).isEqualTo("""
                arithmetic, accuracy, greedy   score %    95 % interval     gain      95 % interval
                  base                            12.5      10.0 – 15.0
                  sft                            100.0    100.0 – 100.0    +87.5      +85.0 – +90.0
                arithmetic, accuracy, T = 1.0  score %    95 % interval     gain      95 % interval
                  base                             0.0        0.0 – 0.0
                  sft                             50.0      25.0 – 75.0     -0.5       -1.0 – +20.0""");
    }

    @Test
    void runWithoutEvaluationHasNoTable() throws IOException {
        Files.createDirectory(run.resolve("01-pool"));
        assertThat(ScoreTable.of(run).lines()).isEmpty();
    }
}
