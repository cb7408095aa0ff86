package dev.caravan.verify.instructions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/// The lists of English that lie beside these classes.
final class Bundled {
    private Bundled() {}

    /// Hands over every line but the remarks, which begin with `#` and stand first.
    static void eachLine(String name, Consumer<String> line) {
        try (BufferedReader lines = lines(name)) {
            lines.lines().dropWhile(read -> read.startsWith("#")).forEach(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedReader lines(String name) throws IOException {
        InputStream found = Bundled.class.getResourceAsStream(name);
        if (found == null) throw new IllegalStateException("there is no " + name + " on the class path");
        InputStream text = name.endsWith(".gz") ? new GZIPInputStream(found) : found;
        return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
    }
}
