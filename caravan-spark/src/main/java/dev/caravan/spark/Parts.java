package dev.caravan.spark;

import dev.caravan.io.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;

/// The parts of files that many machines write into one folder, which all of them see. A part has its task's number in
/// its name: what a task left that was lost is nobody's part.
record Parts(String folder) implements Serializable {
    /// Writes to several files at a time.
    interface Writing {
        void to(List<OutputStream> files) throws IOException;
    }

    /// A folder for the parts of results.
    static Parts beside(Store store, Path results) {
        Path folder = results.resolve(".parts");
        store.delete(folder);
        store.createFolder(folder);
        return new Parts(folder.toString());
    }

    /// Writes the task's parts of some files.
    ///
    /// @param names of the files
    /// @return where the parts lie, in the order of the names
    List<String> write(List<String> names, Writing writing) {
        List<Path> parts = names.stream().map(this::part).toList();
        write(new Store(), parts, List.of(), writing);
        return parts.stream().map(Path::toString).toList();
    }

    private static void write(Store store, List<Path> parts, List<OutputStream> open, Writing writing) {
        store.write(parts.get(open.size()), out -> {
            var all = new ArrayList<>(open);
            all.add(out);
            if (all.size() == parts.size()) {
                writing.to(all);
            } else {
                write(store, parts, all, writing);
            }
        });
    }

    private Path part(String name) {
        TaskContext task = TaskContext.get();
        return Path.of(folder, "%s-%05d-%d".formatted(name, task.partitionId(), task.taskAttemptId()));
    }

    /// Puts parts together as one file.
    static void join(Store store, List<String> parts, Path file) {
        store.write(file, out -> {
            for (String part : parts) {
                Files.copy(Path.of(part), out);
            }
        });
    }

    void delete(Store store) {
        store.delete(Path.of(folder));
    }
}
