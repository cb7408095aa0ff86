package dev.caravan.verify.instructions;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// The lists of English that lie beside these classes.
final class Bundled {
    private Bundled() {}

    static BufferedReader lines(String name) {
        InputStream found = Bundled.class.getResourceAsStream(name);
        if (found == null) throw new IllegalStateException("there is no " + name + " on the class path");
        return new BufferedReader(new InputStreamReader(found, StandardCharsets.UTF_8));
    }
}
