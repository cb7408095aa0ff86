package dev.caravan.curate;

import dev.caravan.data.Message;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/// Streams rows past test items, on all cores. What is found depends on the rows and the items alone, and comes
/// in the order of the rows; no more than a few hundred rows are held at a time.
public final class Screening {
    private static final int CHUNK_ROWS = 64;

    private final Decontaminator rule;
    private final List<TestItem> items;
    private final int threads;
    private final RowScan.Maker maker;
    private final Queue<RowScan> idle = new ConcurrentLinkedQueue<>();

    /// @param threads how many rows are compared at a time; the results are the same for any number
    public Screening(Decontaminator rule, List<TestItem> items, int threads) {
        if (threads < 1) throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        this.rule = rule;
        this.items = List.copyOf(items);
        this.threads = threads;
        this.maker = RowScan.of(rule.method(), items);
    }

    /// As [#Screening(Decontaminator, List, int)], with as many threads as there are cores.
    public Screening(Decontaminator rule, List<TestItem> items) {
        this(rule, items, Runtime.getRuntime().availableProcessors());
    }

    public Decontaminator rule() {
        return rule;
    }

    public List<TestItem> items() {
        return items;
    }

    int threads() {
        return threads;
    }

    /// Compares rows, and says of each what it overlaps with.
    ///
    /// @param messages the messages of a row
    /// @param then makes a result of a row and its overlaps; runs on many threads
    public <T, R> Stream<R> each(
            Stream<T> rows, Function<T, List<Message>> messages, BiFunction<T, List<Overlap>, R> then) {
        return rows.gather(Gatherers.windowFixed(CHUNK_ROWS))
                .gather(Gatherers.mapConcurrent(threads, chunk -> compared(chunk, messages, then)))
                .flatMap(List::stream);
    }

    /// The overlap with the largest coverage, the first of them where several have it.
    public static Optional<Overlap> worst(List<Overlap> overlaps) {
        return overlaps.stream().reduce((one, other) -> other.coverage() > one.coverage() ? other : one);
    }

    private <T, R> List<R> compared(
            List<T> chunk, Function<T, List<Message>> messages, BiFunction<T, List<Overlap>, R> then) {
        RowScan free = idle.poll();
        RowScan scan = free == null ? maker.scan() : free;
        List<R> results = chunk.stream()
                .map(row -> then.apply(row, scan.overlaps(rule.compared(messages.apply(row)))))
                .toList();
        idle.add(scan);
        return results;
    }
}
