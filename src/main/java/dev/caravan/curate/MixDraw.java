package dev.caravan.curate;

import dev.caravan.data.Draws;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Which rows a mix takes, and in which order. Each row of a source has a random number of its own, a function
/// of the seed, the source's name and the row's id: the source gives its rows of the smallest numbers, and the
/// mix has its rows in the order of others. So a row's place depends on no other row, on no thread, and on no
/// order of files; a smaller mix of the same seed is part of a larger one, and a sample of the whole.
final class MixDraw {
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

    MixDraw(Mixture mixture, long seed) {
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
        String name = mixture.parts().get(source).name();
        var order = new Draws(seed, "order of " + name);
        int copies = (int) (count / ids.length);
        for (int copy = 0; copy < copies; copy++) {
            for (int index = 0; index < ids.length; index++) {
                into.add(new Pick(source, index, copy, order.bits(ids[index], copy, 0)));
            }
        }
        for (int index : smallest(new Draws(seed, "rows of " + name), ids, (int) (count % ids.length))) {
            into.add(new Pick(source, index, copies, order.bits(ids[index], copies, 0)));
        }
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
        Map<String, Integer> strata = new LinkedHashMap<>();
        mixture.parts().forEach(part -> strata.putIfAbsent(part.stratum(), strata.size()));
        int[] stratum = mixture.parts().stream()
                .mapToInt(part -> strata.getOrDefault(part.stratum(), 0))
                .toArray();
        double[] sizes = new double[strata.size()];
        picks.forEach(pick -> sizes[stratum[pick.source()]]++);
        long[] left = Apportionment.of(Math.round(share * picks.size()), sizes);
        return picks.stream().filter(pick -> left[stratum[pick.source()]]-- > 0).toList();
    }
}
