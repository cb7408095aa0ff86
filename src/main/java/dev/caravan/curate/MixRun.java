package dev.caravan.curate;

import dev.caravan.curate.MixDraw.Pick;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Mixes rows: reads every source twice, first to draw and then to take what was drawn. The rows of the mix are
/// held in memory, those that stay out are not.
///
/// The second appearance of an id has `+2` behind it, the third `+3`, since ids are unique in a data set: whether a row
/// comes again, or two sources have rows of one id.
public final class MixRun<T> {
    /// What stands before the number of a row whose id an earlier row of the mix has.
    public static final String ID_MARK = "+";

    private final Mixture mixture;
    private final MixRows<T> kind;
    private final List<Supplier<Stream<T>>> sources;
    private final List<long[]> ids;
    private final List<Pick> picks;
    private final List<BitSet> distinct; // rows of each source that are part of the mix

    /// Draws the rows.
    ///
    /// @param sources the rows of each source of the mixture, in its order; each call opens them anew
    /// @param seed decides which rows are drawn, and their order
    /// @throws dev.caravan.DataException when a source has too few
    public MixRun(Mixture mixture, MixRows<T> kind, List<Supplier<Stream<T>>> sources, long seed) {
        this.mixture = mixture;
        this.kind = kind;
        this.sources = List.copyOf(sources);
        this.ids = sources.stream().map(this::idHashes).toList();
        this.picks = new MixDraw(mixture, seed).draw(ids);
        this.distinct = drawn();
    }

    /// The rows of the mix in their order.
    public Stream<T> rows() {
        List<@Nullable T> rows = new ArrayList<>(Collections.nCopies(picks.size(), null));
        for (int source = 0; source < sources.size(); source++) {
            take(source, rows);
        }
        var unique = new UniqueIds(ID_MARK);
        return rows.stream().map(row -> kind.under(Objects.requireNonNull(row), unique::next));
    }

    public long rowsIn() {
        return ids.stream().mapToLong(rows -> rows.length).sum();
    }

    public long rowsOut() {
        return picks.size();
    }

    /// How many rows of the mix are further appearances of rows that are there already.
    public long repeated() {
        return rowsOut() - distinct.stream().mapToLong(BitSet::cardinality).sum();
    }

    /// Rows that are not part of the mix, by source; sources that give all rows are left out.
    public Map<String, Long> notDrawn() {
        var notDrawn = new LinkedHashMap<String, Long>();
        for (int source = 0; source < sources.size(); source++) {
            long left = ids.get(source).length - distinct.get(source).cardinality();
            if (left > 0) notDrawn.put(name(source), left);
        }
        return notDrawn;
    }

    /// The lines of `rejected.jsonl`: rows that are not part of the mix, read anew.
    public Stream<Map<String, Object>> rejected() {
        return IntStream.range(0, sources.size()).boxed().flatMap(source -> {
            BitSet drawn = distinct.get(source);
            var index = new AtomicInteger();
            return sources.get(source)
                    .get()
                    .filter(_ -> !drawn.get(index.getAndIncrement()))
                    .map(row -> kind.notDrawn(row, name(source)));
        });
    }

    /// What `report.json` says.
    public Map<String, Object> report() {
        return new MixReport(
                        mixture,
                        ids.stream().mapToLong(rows -> rows.length).toArray(),
                        IntStream.range(0, sources.size())
                                .mapToLong(source -> picks.stream()
                                        .filter(pick -> pick.source() == source)
                                        .count())
                                .toArray(),
                        distinct.stream().mapToLong(BitSet::cardinality).toArray())
                .line();
    }

    private List<BitSet> drawn() {
        List<BitSet> drawn = sources.stream().map(_ -> new BitSet()).toList();
        picks.forEach(pick -> drawn.get(pick.source()).set(pick.index()));
        return drawn;
    }

    private String name(int source) {
        return mixture.parts().get(source).name();
    }

    private long[] idHashes(Supplier<Stream<T>> source) {
        var hashes = new LongArrayList();
        try (Stream<T> rows = source.get()) {
            rows.forEach(row -> hashes.add(kind.idHash(row)));
        }
        return hashes.toLongArray();
    }

    private void take(int source, List<@Nullable T> into) {
        int[] places = IntStream.range(0, picks.size())
                .filter(place -> picks.get(place).source() == source)
                .boxed()
                .sorted(Comparator.comparingInt(place -> picks.get(place).index()))
                .mapToInt(place -> place)
                .toArray();
        int[] next = new int[2]; // the row that is read, and the first of the places that await it
        try (Stream<T> rows = sources.get(source).get()) {
            rows.forEach(row -> {
                for (; next[1] < places.length && picks.get(places[next[1]]).index() == next[0]; next[1]++) {
                    into.set(places[next[1]], row);
                }
                next[0]++;
            });
        }
    }
}
