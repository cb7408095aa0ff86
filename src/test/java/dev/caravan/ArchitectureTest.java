package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The rules of the layout, read from the compiled classes; [Layout] holds the rules.
class ArchitectureTest {
    private static final String PLANTED = "dev/caravan/planted/";

    @Test
    void everyClassKeepsTheRulesOfTheLayout() {
        assertThat(violations(folderOf(CaravanException.class))).isEmpty();
    }

    @Test
    void plantedViolationsAreFoundByClassAndMethod() {
        Layout layout = new Layout("dev.caravan.planted");
        List<String> found = classes(folderOf(ArchitectureTest.class).resolve(PLANTED))
                .flatMap(file -> layout.violations(bytes(file)).stream())
                .toList();
        assertThat(found)
                .containsExactlyInAnyOrder(
                        "text.PlantedField uses cli.Commands, but text lies below cli",
                        "text.Planted.upwards uses cli.Commands.name, but text lies below cli",
                        "text.Planted.engine names org.bytedeco.javacpp.Pointer.totalBytes, which only tensor may",
                        "text.Planted.writes uses java.nio.file.Files.writeString, but only io opens files for writing",
                        "text.Planted.deletesByReference uses java.nio.file.Files.delete, but only io opens files for writing",
                        "text.Planted.writesStream uses java.io.FileOutputStream.<init>, but only io opens files for writing",
                        "text.Planted.writesChannel uses java.nio.file.StandardOpenOption.WRITE, but only io opens files for writing",
                        "text.Planted.prints uses java.lang.System.out, which only cli may",
                        "text.Planted.exits uses java.lang.System.exit, which only cli may",
                        "text.Planted.starts uses java.lang.Runtime.exec, but only verify.Sandbox starts processes",
                        "train.PlantedScope.opensScope opens a Scope, which only " + Layout.SCOPE_OPENERS + " may",
                        "attic.Homeless lies in a package that has no place");
    }

    private static List<String> violations(Path classes) {
        Layout layout = new Layout("dev.caravan");
        return classes(classes)
                .flatMap(file -> layout.violations(bytes(file)).stream())
                .toList();
    }

    private static Stream<Path> classes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folderOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
