package dev.caravan.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.curate.DisjointSets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class ComponentsTest {
    @Test
    void rootsAreThoseOfJoiningPairByPair() {
        var random = new Random(41);
        List<Row> pairs = IntStream.range(0, 120)
                .mapToObj(_ -> pair(random.nextInt(150), random.nextInt(150)))
                .filter(pair -> pair.getLong(0) != pair.getLong(1))
                .toList();
        assertThat(components(pairs)).isEqualTo(joined(pairs, 150));
    }

    @Test
    void longPathInRandomOrderIsOneComponent() {
        List<Integer> places = new ArrayList<>(IntStream.range(0, 64).boxed().toList());
        Collections.shuffle(places, new Random(42));
        List<Row> path = IntStream.range(1, 64)
                .mapToObj(i -> pair(places.get(i - 1), places.get(i)))
                .toList();
        assertThat(components(path).values()).containsOnly(0L).hasSize(63);
    }

    @Test
    void noPairsAreNoComponents() {
        assertThat(components(List.of())).isEmpty();
    }

    private static Row pair(long one, long other) {
        return RowFactory.create(Math.max(one, other), Math.min(one, other));
    }

    private static Map<Long, Long> components(List<Row> pairs) {
        var session = Runners.session();
        session.conf().set("spark.sql.shuffle.partitions", 3);
        var table = session.createDataFrame(pairs, StructType.fromDDL("one long, root long"));
        var roots = new TreeMap<Long, Long>();
        Components.of(new Machines(session, 3), table)
                .collectAsList()
                .forEach(row ->
                        assertThat(roots.put(row.getLong(0), row.getLong(1))).isNull());
        return roots;
    }

    private static Map<Long, Long> joined(List<Row> pairs, int size) {
        var sets = new DisjointSets(size);
        pairs.forEach(pair -> sets.join((int) pair.getLong(0), (int) pair.getLong(1)));
        var roots = new TreeMap<Long, Long>();
        LongStream.range(0, size)
                .filter(i -> sets.root((int) i) != i)
                .forEach(i -> roots.put(i, (long) sets.root((int) i)));
        return roots;
    }
}
