package dev.caravan.curate;

import dev.caravan.data.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Which rows a mix takes, and in which order. Each row of a source has a random number of its own, a function
/// of the seed, the source's name and the row's id: the source gives its rows of the smallest numbers, and the
/// mix has its rows in the order of others. So a row's place depends on no other row, on no thread, and on no
/// order of files; a smaller mix of the same seed is part of a larger one, and a sample of the whole.
public final class MixDraw {
    private static final Comparator<Pick> ORDER = Comparator.comparingLong(Pick::key)
            .thenComparingInt(Pick::source)
            .thenComparingInt(Pick::index)
            .thenComparingInt(Pick::copy);

    private final Mixture mixture;
    private final long seed;

    /// A row of the mix.
    ///
    /// @param source number of the source
    /// @param index number of the row in it
    /// @param copy from 0
    /// @param key its place in the order of the mix
    record Pick(int source, int index, int copy, long key) {}

    public MixDraw(Mixture mixture, long seed) {
        this.mixture = mixture;
        this.seed = seed;
    }

    /// @param ids hashes of the ids of each source's rows
    List<Pick> draw(List<long[]> ids) {
        long[] counts =
                mixture.counts(ids.stream().mapToLong(rows -> rows.length).toArray());
        var picks = new ArrayList<Pick>();
        for (int source = 0; source < counts.length; source++) {
            draw(source, ids.get(source), counts[source], picks);
        }
        picks.sort(ORDER);
        return mixture.sample().map(share -> sampled(picks, share)).orElse(picks);
    }

    private void draw(int source, long[] ids, long count, List<Pick> into) {
        if (count == 0) return;
        Draws order = order(source);
        int copies = (int) (count / ids.length);
        for (int copy = 0; copy < copies; copy++) {
            for (int index = 0; index < ids.length; index++) {
                into.add(new Pick(source, index, copy, key(order, ids[index], copy)));
            }
        }
        for (int index : smallest(rows(source), ids, (int) (count % ids.length))) {
            into.add(new Pick(source, index, copies, key(order, ids[index], copies)));
        }
    }

    /// What decides which of a source's rows are drawn: those whose ids' hashes have the smallest [Draws#bits(long)],
    /// the first of them where several have the same.
    public Draws rows(int source) {
        return new Draws(seed, "rows of " + mixture.parts().get(source).name());
    }

    /// What decides the order of a source's rows in the mix, see [#key].
    public Draws order(int source) {
        return new Draws(seed, "order of " + mixture.parts().get(source).name());
    }

    /// The place of a row in the order of the mix; of rows with one place the first of the first source comes first.
    ///
    /// @param order of the row's source
    /// @param id hash of the row's id
    /// @param copy from 0
    public static long key(Draws order, long id, int copy) {
        return order.bits(id, copy, 0);
    }

    private static int[] smallest(Draws draws, long[] ids, int count) {
        long[] keys = new long[ids.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = draws.bits(ids[i]);
        }
        return IntStream.range(0, ids.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(i -> keys[i]).thenComparing(i -> i))
                .limit(count)
                .mapToInt(i -> i)
                .toArray();
    }

    /// The first rows of every stratum, in the order of the mix.
    private List<Pick> sampled(List<Pick> picks, double share) {
        int[] stratum = strata();
        long[] counts = new long[stratum.length];
        picks.forEach(pick -> counts[pick.source()]++);
        long[] left = sampled(counts, share);
        return picks.stream().filter(pick -> left[stratum[pick.source()]]-- > 0).toList();
    }

    /// The number of each source's stratum.
    public int[] strata() {
        Map<String, Integer> strata = new LinkedHashMap<>();
        mixture.parts().forEach(part -> strata.putIfAbsent(part.stratum(), strata.size()));
        return mixture.parts().stream()
                .mapToInt(part -> strata.getOrDefault(part.stratum(), 0))
                .toArray();
    }

    /// How many rows of each stratum a sample takes, the first in the order of the mix.
    ///
    /// @param counts rows that the mix takes of each source
    /// @param share of the mix
    public long[] sampled(long[] counts, double share) {
        int[] stratum = strata();
        double[] sizes = new double[Arrays.stream(stratum).max().orElse(0) + 1];
        for (int source = 0; source < counts.length; source++) {
            sizes[stratum[source]] += counts[source];
        }
        return Apportionment.of(Math.round(share * Arrays.stream(counts).sum()), sizes);
    }
}
