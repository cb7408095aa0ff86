package dev.caravan.generate.synthesis;

import dev.caravan.data.PreferencePair;
import dev.caravan.io.Appender;
import dev.caravan.io.Json;
import dev.caravan.io.Store;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The files of a synthesis: `data.jsonl`, `prompts.jsonl` (with the checks), `pairs.jsonl` where pairs are made,
/// `rejected.jsonl` and `report.json`. They get their names when all is written.
public final class SynthesisFiles implements AutoCloseable {
    private static final String DATA = "data.jsonl";
    private static final String PROMPTS = "prompts.jsonl";
    private static final String PAIRS = "pairs.jsonl";
    private static final String REJECTED = "rejected.jsonl";

    private final Store store;
    private final Path folder;
    private final Map<String, Appender> open = new LinkedHashMap<>();

    private SynthesisFiles(Store store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    /// @param pairs whether pairs are made
    public static SynthesisFiles create(Store store, Path folder, boolean pairs) {
        var files = new SynthesisFiles(store, folder);
        store.beginResults(folder);
        files.create(DATA);
        files.create(PROMPTS);
        files.create(REJECTED);
        if (pairs) files.create(PAIRS);
        return files;
    }

    private void create(String name) {
        store.delete(part(name));
        open.put(name, store.appender(part(name)));
    }

    void add(Outcome outcome) {
        switch (outcome) {
            case Outcome.Made made -> {
                file(DATA).add(made.conversation());
                file(PROMPTS).add(made.prompt());
            }
            case Outcome.Rejected rejected -> file(REJECTED).add(rejected.line());
        }
    }

    void add(PreferencePair pair) {
        file(PAIRS).add(pair);
    }

    /// Gives the files their names.
    public void publish(SynthesisReport report) {
        open.values().forEach(Appender::sync);
        close();
        open.keySet().forEach(name -> store.move(part(name), folder.resolve(name)));
        store.write(folder.resolve("report.json"), Json.write(report.json()) + "\n");
    }

    @Override
    public void close() {
        open.values().forEach(Appender::close);
    }

    private Appender file(String name) {
        Appender appender = open.get(name);
        if (appender == null) throw new IllegalStateException(name + " was not created");
        return appender;
    }

    private Path part(String name) {
        return folder.resolve("." + name + ".part");
    }
}
