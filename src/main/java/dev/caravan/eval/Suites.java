package dev.caravan.eval;

import dev.caravan.config.Binder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The suites of evaluation tasks by name.
public final class Suites {
    private static final Map<String, Suite> SUITES = read();

    private Suites() {}

    private static Map<String, Suite> read() {
        var suites = new LinkedHashMap<String, Suite>();
        OwnFiles.text("suites/index.txt").orElseThrow().lines().forEach(name -> {
            String text = OwnFiles.text("suites/" + name + ".yaml").orElseThrow();
            suites.put(
                    name,
                    Binder.bind(Suite.class, name + ".yaml", text, List.of()).get());
        });
        return suites;
    }

    public static List<Suite> all() {
        return List.copyOf(SUITES.values());
    }

    public static Optional<Suite> named(String name) {
        return Optional.ofNullable(SUITES.get(name));
    }

    /// The names of the suites that a task is evaluated in.
    public static List<String> holding(String task) {
        return all().stream()
                .filter(suite -> suite.tasks().contains(task))
                .map(Suite::name)
                .toList();
    }
}
