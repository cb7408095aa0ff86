package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/papers.md leads somewhere.
class PapersTest {
    private static final Pattern TYPE = Pattern.compile("`((?:[a-z]+\\.)+[A-Z][A-Za-z]*)[A-Za-z.]*`");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]*Test)`");

    @Test
    void everyTypeAndEveryTestThatItNamesIsThere() throws IOException {
        String papers = Files.readString(Path.of("docs/papers.md"));
        List<String> tests;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            tests = files.map(file -> file.getFileName().toString()).toList();
        }
        assertThat(names(TYPE, papers))
                .hasSizeGreaterThan(20)
                .allSatisfy(name -> assertThat(Path.of("src/main/java/dev/caravan", name.replace('.', '/') + ".java"))
                        .exists());
        assertThat(names(TEST, papers))
                .hasSizeGreaterThan(20)
                .allSatisfy(name -> assertThat(tests).contains(name + ".java"));
    }

    private static List<String> names(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results().map(found -> found.group(1)).distinct().toList();
    }
}
