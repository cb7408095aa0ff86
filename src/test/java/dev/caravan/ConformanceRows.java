package dev.caravan;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caravan.io.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.tukaani.xz.XZInputStream;
import tools.jackson.databind.JsonNode;

/// Rows of known answers: the project's own, and the large sets that lie beside a checkout or not at all.
public final class ConformanceRows {
    private static final Path SHARED = Path.of("../shared/conformance");

    private ConformanceRows() {}

    /// Whether the large sets lie beside this checkout.
    public static boolean areShared() {
        return Files.isDirectory(SHARED);
    }

    /// The rows of a file beside the checkout. Where it is absent the test is skipped, and says how much is.
    public static List<JsonNode> shared(String file, int rows) {
        Path path = SHARED.resolve(file);
        assumeTrue(Files.exists(path), () -> "SKIPPED " + rows + " cases: there is no " + path);
        try (InputStream in = Files.newInputStream(path);
                InputStream rowsIn = file.endsWith(".xz") ? new XZInputStream(in) : in) {
            return parse(new String(rowsIn.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The rows of a test resource.
    public static List<JsonNode> own(String resource) {
        try (InputStream in = ConformanceRows.class.getResourceAsStream("/" + resource)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> parse(String lines) {
        return Arrays.stream(lines.split("\n"))
                .filter(line -> !line.isBlank())
                .map(Json::tree)
                .toList();
    }
}
