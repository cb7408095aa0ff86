package dev.caravan.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    @Test
    void differencesOfSettingsComeBeforeThoseOfVerifiers() {
        var now = new Fingerprint(Map.of("verifiers.math", "2", "settings.epochs", "2", "type", "dpo"));
        assertThat(now.differencesFrom(Map.of("settings.epochs", "1", "type", "dpo")))
                .containsExactly("settings.epochs was 1, is 2", "verifiers.math was absent, is 2");
    }
}
