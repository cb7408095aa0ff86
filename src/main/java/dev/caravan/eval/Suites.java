package dev.caravan.eval;

import dev.caravan.config.Binder;
import java.util.List;
import java.util.Optional;

/// The suites of evaluation tasks by name.
public final class Suites {
    private Suites() {}

    public static List<Suite> all() {
        return OwnFiles.text("suites/index.txt")
                .orElseThrow()
                .lines()
                .map(name -> named(name).orElseThrow())
                .toList();
    }

    public static Optional<Suite> named(String name) {
        return Optional.of(name)
                .filter(known -> known.matches("[a-z0-9-]+"))
                .flatMap(known -> OwnFiles.text("suites/" + known + ".yaml"))
                .map(text -> Binder.bind(Suite.class, name + ".yaml", text, List.of())
                        .get());
    }

    /// The names of the suites that a task is evaluated in.
    public static List<String> holding(String task) {
        return all().stream()
                .filter(suite -> suite.tasks().contains(task))
                .map(Suite::name)
                .toList();
    }
}
