package dev.caravan.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.config.RecipeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RecipeReferenceTest {
    private static final Path PAGE = Path.of("docs/recipe-reference.md");

    /// `mvn test -Dtest=RecipeReferenceTest -Dreference.write=true` writes the page anew.
    @Test
    void committedReferenceIsWhatTheRecordsSay() throws IOException {
        String page = new RecipeReference(Path.of("src/main/java")).page(Recipe.class);
        if (Boolean.getBoolean("reference.write")) {
            Files.createDirectories(Path.of("docs"));
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }
}
