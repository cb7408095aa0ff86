package dev.caravan.eval;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The files of tasks and suites that are part of Caravan.
final class OwnFiles {
    private OwnFiles() {}

    static Optional<String> text(String name) {
        try (InputStream in = OwnFiles.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("a file of Caravan's own cannot be read: " + name, e);
        }
    }
}
