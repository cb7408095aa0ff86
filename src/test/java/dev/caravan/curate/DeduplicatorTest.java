package dev.caravan.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DeduplicatorTest {
    private static final String TEXT = words(0, 40);

    @Test
    void caseAndWhiteSpaceDoNotMakeARowNew() {
        Deduplication result = exact(row("1", "a", "Say  it\n"), row("2", "b", "say it"), row("3", "b", "say it!"));
        assertThat(result.kept()).extracting(Conversation::id).containsExactly("1", "3");
        assertThat(result.rejected())
                .containsExactly(new Rejection(row("2", "b", "say it"), "duplicate", "says the same as row 1"));
    }

    @Test
    void sameTextByAnotherRoleIsAnotherRow() {
        var answer = new Conversation("2", "a", List.of(Message.assistant("say it")));
        assertThat(exact(row("1", "a", "say it"), answer).rejected()).isEmpty();
    }

    @Test
    void oneChangedWordOfFortyIsNearButNotTheSame() {
        // 36 shingles each; the changed last word is in one of them: 35 of 37 = 0.946
        Conversation changed = row("2", "b", TEXT + "x");
        assertThat(exact(row("1", "a", TEXT), changed).rejected()).isEmpty();
        Deduplication near = near(0.9, new Keep.First(), row("1", "a", TEXT), changed);
        assertThat(near.rejected())
                .containsExactly(
                        new Rejection(changed, "near-duplicate", "says nearly the same as row 1 (similarity 0.95)"));
        assertThat(near.clusters()).singleElement().satisfies(cluster -> {
            assertThat(cluster.kept()).isEqualTo("1");
            assertThat(cluster.crossesSources()).isTrue();
            assertThat(cluster.rows())
                    .containsExactly(new Cluster.Member("1", "a", 1.0), new Cluster.Member("2", "b", 35.0 / 37));
        });
    }

    @Test
    void pairBelowTheThresholdStays() {
        assertThat(near(0.95, new Keep.First(), row("1", "a", TEXT), row("2", "b", TEXT + "x"))
                        .rejected())
                .isEmpty();
    }

    @Test
    void policyDecidesWhichRowStays() {
        Conversation[] rows = {row("1", "a", TEXT), row("2", "b", TEXT + " end"), row("3", "c", TEXT.toUpperCase())};
        assertThat(stays(new Keep.First(), rows)).isEqualTo("1");
        assertThat(stays(new Keep.Longest(), rows)).isEqualTo("2");
        assertThat(stays(new Keep.BestSource(List.of("c", "a")), rows)).isEqualTo("3");
        assertThat(stays(new Keep.BestSource(List.of("none")), rows)).isEqualTo("1");
    }

    @Test
    void rowsWithoutWordsAreOnlyEverExactDuplicates() {
        assertThat(near(0.5, new Keep.First(), row("1", "a", "?!"), row("2", "a", "!?"), row("3", "a", ""))
                        .rejected())
                .isEmpty();
    }

    @Test
    void shortMessagesAreOneShingle() {
        assertThat(near(0.5, new Keep.First(), row("1", "a", "Thank you!"), row("2", "a", "thank you"))
                        .rejected())
                .hasSize(1);
        assertThat(near(0.5, new Keep.First(), row("1", "a", "Thank you!"), row("2", "a", "thank them"))
                        .rejected())
                .isEmpty();
    }

    @Property(tries = 20)
    void clustersAreThoseOfComparingEveryPair(@ForAll long seed) {
        List<Conversation> rows = variants(new Random(seed), 60);
        assertThat(clusters(near(0.6, new Keep.First(), rows.toArray(Conversation[]::new))))
                .isEqualTo(clustersOfEveryPair(0.6, rows));
    }

    @Property(tries = 20)
    void clustersDoNotDependOnTheOrder(@ForAll long seed) {
        List<Conversation> rows = variants(new Random(seed), 60);
        var shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(clusters(near(0.7, new Keep.First(), shuffled.toArray(Conversation[]::new))))
                .isEqualTo(clusters(near(0.7, new Keep.First(), rows.toArray(Conversation[]::new))));
    }

    @Property(tries = 20)
    void everyRowIsKeptOrRejectedInOrder(@ForAll long seed) {
        List<Conversation> rows = variants(new Random(seed), 40);
        Deduplication result = near(0.7, new Keep.Longest(), rows.toArray(Conversation[]::new));
        Set<String> rejected = result.rejected().stream().map(r -> r.row().id()).collect(Collectors.toSet());
        assertThat(result.kept())
                .isEqualTo(rows.stream()
                        .filter(row -> !rejected.contains(row.id()))
                        .toList());
        assertThat(result.kept().size() + result.rejected().size()).isEqualTo(rows.size());
        assertThat(exact(result.kept().toArray(Conversation[]::new)).rejected()).isEmpty();
    }

    @Test
    void minimaAgreeAsOftenAsTheSetsAreAlike() {
        // 200 pairs of similarity 1/3: the mean over 25,600 minima has a deviation of 0.003
        double agreement = IntStream.range(0, 200)
                .mapToDouble(i -> {
                    long[] one = new Random(i).longs(200).toArray();
                    long[] other = one.clone();
                    System.arraycopy(new Random(-1 - i).longs(100).toArray(), 0, other, 0, 100);
                    long[] a = MinHash.minima(one);
                    long[] b = MinHash.minima(other);
                    return IntStream.range(0, a.length)
                                    .filter(k -> a[k] == b[k])
                                    .count()
                            / 128.0;
                })
                .average()
                .orElseThrow();
        assertThat(agreement).isBetween(0.32, 0.347);
    }

    @Test
    void bandsAreAsWideAsTheRecallAllows() {
        // 1 − (1 − 0.8⁵)²⁵ = 0.99995, but 1 − (1 − 0.8⁶)²¹ = 0.9983
        assertThat(MinHash.reaching(0.8)).isEqualTo(new MinHash(5));
        assertThat(MinHash.reaching(1)).isEqualTo(new MinHash(128));
        for (double similarity = 0.1; similarity <= 1; similarity += 0.05) {
            assertThat(MinHash.reaching(similarity).chance(similarity)).isGreaterThanOrEqualTo(0.999);
        }
    }

    @Test
    void similarityOfNothingIsRefused() {
        assertThatThrownBy(() -> new Deduplicator(Optional.of(0.0), new Keep.First()))
                .hasMessage("near must be above 0 and at most 1, got 0.0");
    }

    private static Deduplication exact(Conversation... rows) {
        return Deduplicator.exact().deduplicate(Stream.of(rows));
    }

    private static Deduplication near(double similarity, Keep keep, Conversation... rows) {
        return new Deduplicator(Optional.of(similarity), keep).deduplicate(Stream.of(rows));
    }

    private static String stays(Keep keep, Conversation... rows) {
        return near(0.8, keep, rows).kept().getFirst().id();
    }

    private static Set<Set<String>> clusters(Deduplication result) {
        return result.clusters().stream()
                .map(cluster -> cluster.rows().stream().map(Cluster.Member::id).collect(Collectors.toSet()))
                .collect(Collectors.toSet());
    }

    private static Set<Set<String>> clustersOfEveryPair(double threshold, List<Conversation> rows) {
        var sets = new DisjointSets(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < i; j++) {
                double similarity = Shingles.similarity(Shingles.of(rows.get(i)), Shingles.of(rows.get(j)));
                if (similarity >= threshold) sets.join(i, j);
            }
        }
        return IntStream.range(0, rows.size())
                .boxed()
                .collect(Collectors.groupingBy(
                        sets::root, Collectors.mapping(i -> rows.get(i).id(), Collectors.toSet())))
                .values()
                .stream()
                .filter(ids -> ids.size() > 1)
                .collect(Collectors.toSet());
    }

    /// Rows of a few texts with up to four words changed.
    private static List<Conversation> variants(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    String[] words = words(random.nextInt(8) * 100, 40).split(" ");
                    for (int changes = random.nextInt(5); changes > 0; changes--) {
                        words[random.nextInt(words.length)] = "changed" + random.nextInt(3);
                    }
                    return row("row" + i, "source", String.join(" ", Arrays.asList(words)));
                })
                .toList();
    }

    private static String words(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    }

    private static Conversation row(String id, String source, String text) {
        return new Conversation(id, source, List.of(Message.user(text)));
    }
}
