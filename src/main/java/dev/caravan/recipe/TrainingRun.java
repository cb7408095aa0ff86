package dev.caravan.recipe;

import dev.caravan.TrainingDiverged;
import dev.caravan.io.Appender;
import dev.caravan.io.Interrupted;
import dev.caravan.train.Checkpoint;
import dev.caravan.train.TrainLoop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The steps of a training stage, from where the last checkpoint stands to the end: checkpoints, logs, progress,
/// and a clean stop when asked for one.
final class TrainingRun {
    private static final String STEPS = "steps.jsonl";

    private final StageRun run;
    private final SequencedMap<String, TrainLoop> loops;
    private final long steps;
    private final int checkpointEvery;
    private final Map<String, Appender> logs = new LinkedHashMap<>();
    private final Path scratch;
    private Optional<Checkpoint> checkpoint;

    /// @param loops by the names under which checkpoints keep them
    /// @param logNames files of JSON lines that the stage adds to as it goes
    TrainingRun(
            StageRun run,
            SequencedMap<String, TrainLoop> loops,
            long steps,
            int checkpointEvery,
            List<String> logNames) {
        this.run = run;
        this.loops = loops;
        this.steps = steps;
        this.checkpointEvery = checkpointEvery;
        scratch = run.scratch();
        checkpoint = Checkpoint.latest(scratch);
        checkpoint.ifPresent(c -> {
            c.restore(loops);
            run.progress().say("goes on from the checkpoint of step " + c.step() + " of " + steps);
        });
        var names = new ArrayList<>(logNames);
        names.add(STEPS);
        names.forEach(this::openLog);
        run.metrics().resumeFrom(checkpoint.map(Checkpoint::step).orElse(0L));
    }

    private void openLog(String name) {
        Path file = scratch.resolve(name);
        if (Files.exists(file)) {
            run.store()
                    .truncate(
                            file,
                            checkpoint.map(c -> c.logs().getOrDefault(name, 0L)).orElse(0L));
        }
        logs.put(name, run.store().appender(file));
    }

    /// What a step did.
    ///
    /// @param rows ids of the rows it learnt from
    /// @param tokens for the speed
    record Step(List<String> rows, long tokens, SequencedMap<String, Double> metrics) {}

    interface StepFunction {
        /// @param step counted from 0
        Step take(long step);
    }

    void log(String name, Object row) {
        java.util.Objects.requireNonNull(logs.get(name)).add(row);
    }

    void toEnd(StepFunction function) {
        for (long step = checkpoint.map(Checkpoint::step).orElse(0L); step < steps; step++) {
            long started = System.nanoTime();
            Step done = take(function, step);
            report(step + 1, done, (System.nanoTime() - started) / 1e9);
            boolean stop = run.interrupt().requested();
            if (step + 1 < steps && (stop || (step + 1) % checkpointEvery == 0)) {
                save(step + 1);
            }
            if (stop && step + 1 < steps) {
                throw new Interrupted(
                        "stopped at step " + (step + 1) + " of " + steps + "; run again to go on from there");
            }
        }
        publishLogs();
    }

    private Step take(StepFunction function, long step) {
        try {
            return function.take(step);
        } catch (TrainingDiverged e) {
            throw new TrainingDiverged(e.getMessage() + "; last good checkpoint: "
                    + checkpoint
                            .map(c -> c.folder() + " (step " + c.step() + ")")
                            .orElse("none yet")
                    + "; lower the learning rate, or take the rows out and run again");
        }
    }

    private void report(long step, Step done, double seconds) {
        var numbers = new LinkedHashMap<String, Double>(done.metrics());
        numbers.put("tokens_per_second", done.tokens() / Math.max(1e-9, seconds));
        numbers.put("seconds", seconds);
        run.metrics().log(step, numbers);
        log(STEPS, new StepRows(step, done.rows()));
        run.progress().step(step, steps, numbers);
    }

    private record StepRows(long step, List<String> rows) {}

    private void save(long step) {
        var lengths = new LinkedHashMap<String, Long>();
        logs.forEach((name, log) -> {
            log.sync();
            lengths.put(name, log.length());
        });
        run.metrics().sync();
        checkpoint = Optional.of(Checkpoint.save(run.store(), scratch, step, loops, lengths));
    }

    private void publishLogs() {
        logs.forEach((name, log) -> {
            log.close();
            Path file = scratch.resolve(name);
            run.store().write(run.folder().resolve(name), out -> Files.copy(file, out));
        });
    }
}
