package dev.caravan.train;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import dev.caravan.io.Store;
import dev.caravan.model.ElementType;
import dev.caravan.model.Parameter;
import dev.caravan.model.SafeTensors;
import dev.caravan.model.StoredTensor;
import dev.caravan.model.Weights;
import dev.caravan.tensor.NoGradient;
import dev.caravan.tensor.Scope;
import dev.caravan.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// All that an exact resume needs of the loops of a stage: weights, running means, steps, and the lengths of the
/// stage's logs. The order of the data and every random draw are functions of seed and step, so they need not be
/// kept.
///
/// A checkpoint is a folder that becomes visible by one rename; the one before it goes only afterwards.
///
/// @param step stage steps done
/// @param logs bytes of each log file that belong to those steps
public record Checkpoint(Path folder, long step, Map<String, Long> logs) {
    private static final String PREFIX = "checkpoint-";
    private static final String STATE = "state.json";

    private record State(long step, Map<String, Long> loops, Map<String, Long> logs) {}

    /// The newest whole checkpoint in a folder.
    public static Optional<Checkpoint> latest(Path scratch) {
        try (Stream<Path> entries = Files.list(scratch)) {
            return entries.filter(p -> p.getFileName().toString().matches(PREFIX + "\\d{8}"))
                    .filter(p -> Files.exists(p.resolve(STATE)))
                    .max(Comparator.naturalOrder())
                    .map(folder -> {
                        State state = state(folder);
                        return new Checkpoint(folder, state.step(), state.logs());
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static State state(Path folder) {
        try {
            return Json.read(Files.readString(folder.resolve(STATE)), State.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes a checkpoint and then removes older ones.
    public static Checkpoint save(
            Store store, Path scratch, long step, SequencedMap<String, TrainLoop> loops, Map<String, Long> logs) {
        Path folder = scratch.resolve(PREFIX + "%08d".formatted(step));
        Path draft = store.draftFolder(folder);
        var steps = new LinkedHashMap<String, Long>();
        loops.forEach((name, loop) -> {
            store.writeChannel(draft.resolve(name + ".safetensors"), out -> {
                try (var _ = Scope.open()) {
                    SafeTensors.write(out, tensors(loop));
                }
            });
            steps.put(name, loop.step());
        });
        store.write(draft.resolve(STATE), Json.write(new State(step, steps, logs)));
        store.publishFolder(folder);
        removeOlder(store, scratch, folder);
        return new Checkpoint(folder, step, logs);
    }

    private static void removeOlder(Store store, Path scratch, Path newest) {
        try (Stream<Path> entries = Files.list(scratch)) {
            entries.filter(p -> p.getFileName().toString().startsWith(PREFIX) && !p.equals(newest))
                    .forEach(store::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<StoredTensor> tensors(TrainLoop loop) {
        var tensors = new ArrayList<StoredTensor>();
        for (AdamW.Moments m : loop.optimizer().moments()) {
            String name = m.parameter().name();
            tensors.add(stored(name, m.parameter().master()));
            tensors.add(stored(name + "/mean", m.mean()));
            tensors.add(stored(name + "/square", m.square()));
        }
        return tensors;
    }

    private static StoredTensor stored(String name, Tensor tensor) {
        return StoredTensor.of(name, ElementType.F32, tensor.shape(), tensor::memory);
    }

    /// Puts everything back into loops that were built as for a fresh start.
    public void restore(SequencedMap<String, TrainLoop> loops) {
        State state = state(folder);
        loops.forEach((name, loop) -> {
            Long step = state.loops().get(name);
            if (step == null) {
                throw new DataException(folder + " has no '" + name + "'; it is the checkpoint of another stage");
            }
            try (Weights weights = SafeTensors.open(folder.resolve(name + ".safetensors"));
                    var _ = NoGradient.on()) {
                for (AdamW.Moments m : loop.optimizer().moments()) {
                    restore(m, weights);
                }
            }
            loop.resumeAt(step);
        });
    }

    private static void restore(AdamW.Moments m, Weights weights) {
        Parameter parameter = m.parameter();
        weights.copyAsFloat(parameter.name(), parameter.master().memory());
        weights.copyAsFloat(parameter.name() + "/mean", m.mean().memory());
        weights.copyAsFloat(parameter.name() + "/square", m.square().memory());
        parameter.masterChanged();
    }
}
