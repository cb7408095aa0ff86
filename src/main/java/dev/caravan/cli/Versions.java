package dev.caravan.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/// The versions that a manifest names.
final class Versions {
    private Versions() {}

    static Map<String, String> ofThisProcess() {
        var versions = new LinkedHashMap<String, String>();
        Command main = Main.class.getAnnotation(Command.class);
        versions.put("caravan", main == null ? "unknown" : main.version()[0].replace("caravan ", ""));
        versions.put("java", Runtime.version().toString());
        return versions;
    }
}
