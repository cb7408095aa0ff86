package dev.caravan.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    @TempDir
    private Path folder;

    private Metrics metrics(String stage) {
        return new Metrics(new Store(), folder.resolve("metrics.jsonl"), stage);
    }

    private void log(Metrics metrics, int... steps) {
        for (int step : steps) {
            metrics.log(step, new LinkedHashMap<>(Map.of("loss", 1.0 / step)));
        }
    }

    private String text() throws IOException {
        return Files.readString(folder.resolve("metrics.jsonl"));
    }

    @Test
    void resumptionDropsTheLaterStepsOfItsStageAlone() throws IOException {
        try (var other = metrics("dpo")) {
            log(other, 4);
        }
        try (var killed = metrics("sft")) {
            log(killed, 1, 2, 4);
        }
        try (var resumed = metrics("sft")) {
            resumed.resumeFrom(1);
            log(resumed, 2);
        }
        assertThat(text()).isEqualTo("""
                {"stage":"dpo","step":4,"loss":0.25}
                {"stage":"sft","step":1,"loss":1.0}
                {"stage":"sft","step":2,"loss":0.5}
                """);
    }

    @Test
    void stageThatStartsAgainDropsItsOldNumbers() throws IOException {
        for (int step : new int[] {1, 2}) {
            try (var metrics = metrics("sft")) {
                log(metrics, step);
            }
        }
        assertThat(text()).isEqualTo("{\"stage\":\"sft\",\"step\":2,\"loss\":0.5}\n");
    }

    @Test
    void numbersThatAreNotFiniteAreWords() throws IOException {
        try (var metrics = metrics("sft")) {
            metrics.log(1, new LinkedHashMap<>(Map.of("loss", Double.NaN)));
        }
        assertThat(text()).isEqualTo("{\"stage\":\"sft\",\"step\":1,\"loss\":\"NaN\"}\n");
    }
}
