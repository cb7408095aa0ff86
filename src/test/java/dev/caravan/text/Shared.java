package dev.caravan.text;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caravan.io.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;
import tools.jackson.databind.JsonNode;

/// Files beside the checkout that are too large to be part of it. Tests that need them are skipped, and say so, where
/// they are absent.
final class Shared {
    private static final Path ROOT = Path.of("../shared");
    private static final int TAR_BLOCK = 512;

    private Shared() {}

    /// A file below the shared folder; without it the test is skipped.
    static Path need(String path, String cases) {
        Path file = ROOT.resolve(path);
        assumeTrue(Files.exists(file), () -> "SKIPPED: " + cases + " need " + file + ", which is not here");
        return file;
    }

    /// The rows of a JSON lines file, `.xz` or plain.
    static List<JsonNode> rows(Path file) {
        return lines(file).map(Json::tree).toList();
    }

    private static Stream<String> lines(Path file) {
        try (InputStream in = open(file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("\n")).filter(line -> !line.isBlank());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return file.toString().endsWith(".xz") ? new XZInputStream(in) : in;
    }

    /// The chosen files of a `.tar.xz`, by path.
    static Map<String, String> unpack(Path archive, Predicate<String> chosen) {
        var files = new HashMap<String, String>();
        try (InputStream in = open(archive)) {
            for (byte[] header = in.readNBytes(TAR_BLOCK); header.length == TAR_BLOCK && header[0] != 0; ) {
                String name = field(header, 0, 100);
                int size = Integer.parseInt(field(header, 124, 12).strip(), 8);
                byte[] content = in.readNBytes(size);
                in.skipNBytes((TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK);
                if (chosen.test(name)) files.put(name, new String(content, StandardCharsets.UTF_8));
                header = in.readNBytes(TAR_BLOCK);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static String field(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) end++;
        return new String(header, from, end - from, StandardCharsets.US_ASCII);
    }

    static int[] ids(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::asInt).toArray();
    }
}
