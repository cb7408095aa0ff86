package dev.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.RecipeException;
import dev.caravan.data.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifiersTest {
    private record Own(String name) implements VerifierProvider {
        @Override
        public String description() {
            return "accepts everything";
        }

        @Override
        public Verifier verifier() {
            return (_, _) -> Verdict.correct("accepted");
        }

        @Override
        public int version() {
            return 3;
        }
    }

    @Test
    void unknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> Verifiers.named("gsm9k"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("'gsm9k'; known are [arithmetic, ");
    }

    @Test
    void verifierOfTheUsersOwnIsFoundByName() {
        var verifiers = new Verifiers(List.of(new Own("mine")));
        assertThat(verifiers.get("mine", Reading.DEFAULT).verify("", "")).isEqualTo(Verdict.correct("accepted"));
        assertThat(verifiers.descriptions()).containsEntry("mine", "accepts everything");
    }

    @Test
    void everyVerifierHasAVersion() {
        var verifiers = new Verifiers(List.of(new Own("mine")));
        assertThat(verifiers.versions().keySet())
                .isEqualTo(verifiers.descriptions().keySet());
        assertThat(verifiers.versions()).containsEntry("mine", 3).containsEntry("gsm8k", 1);
    }

    @Test
    void twoProvidersOfOneNameAreAnError() {
        assertThatThrownBy(() -> new Verifiers(List.of(new Own("mine"), new Own("mine"))))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("two verifiers are named 'mine'");
        assertThatThrownBy(() -> new Verifiers(List.of(new Own("gsm8k")))).isInstanceOf(RecipeException.class);
    }

    @Test
    void compatibilityReachesTheVerifier() {
        assertThat(Verifiers.installed().get("gsm8k", new Reading(Compat.TULU3, false, false, false)))
                .isEqualTo(new Gsm8kVerifier(Compat.TULU3));
    }

    @Test
    void exactIgnoresOuterWhiteSpaceOnly() {
        Verifier exact = Verifiers.named("exact");
        assertThat(exact.verify(" Paris\n", "Paris")).isEqualTo(Verdict.correct("equal to the expected text"));
        assertThat(exact.verify("paris", "Paris")).isEqualTo(Verdict.wrong("'paris' is not the expected 'Paris'"));
    }
}
