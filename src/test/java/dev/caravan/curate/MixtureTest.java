package dev.caravan.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MixtureTest {
    private static final Optional<Long> NO_TOTAL = Optional.empty();

    @Test
    void fractionsCountsAndSharesGiveTheirRows() {
        // 30 + 40 rows are fixed, 0.3 of the mix: 70 / 0.7 = 100 rows
        assertThat(mixture(NO_TOTAL, fraction(0.5), count(40), share(0.3)).counts(new long[] {60, 50, 90}))
                .containsExactly(30, 40, 30);
        assertThat(mixture(Optional.of(200L), count(40), share(0.3), share(0.5)).counts(new long[] {50, 90, 100}))
                .containsExactly(40, 60, 100);
    }

    @Test
    void sharesAloneMakeTheLargestMixThatNeedsNoRowTwice() {
        assertThat(mixture(NO_TOTAL, share(0.25), share(0.75)).counts(new long[] {10, 1000}))
                .containsExactly(10, 30);
    }

    @Test
    void roundedSharesAddUpToTheTotal() {
        assertThat(Apportionment.of(10, new double[] {1, 1, 1})).containsExactly(4, 3, 3);
        assertThat(Apportionment.of(7, new double[] {0.5, 0.25, 0.25})).containsExactly(3, 2, 2);
        assertThat(Apportionment.of(5, new double[] {0, 0})).containsExactly(0, 0);
    }

    @Property
    void apportionedNumbersAreAtMostOneOff(@ForAll @IntRange(max = 10_000) int total, @ForAll long seed) {
        double[] weights =
                new Random(seed).doubles(7).map(weight -> weight + 1e-3).toArray();
        long[] parts = Apportionment.of(total, weights);
        double sum = Arrays.stream(weights).sum();
        assertThat(Arrays.stream(parts).sum()).isEqualTo(total);
        for (int i = 0; i < parts.length; i++) {
            assertThat(Math.abs(parts[i] - total * weights[i] / sum)).isLessThan(1);
        }
    }

    @Test
    void moreRowsThanThereAreMustBeAskedForByName() {
        assertThatThrownBy(() -> mixture(NO_TOTAL, count(11)).counts(new long[] {10}))
                .isInstanceOf(DataException.class)
                .hasMessage("source 's0' has 10 rows, but 11 are asked for;"
                        + " set repeat: true to let rows come more than once");
        var repeated = new MixPart("s0", new Weight.Count(25), Optional.empty(), true);
        List<Conversation> mix = mix(new Mixture(List.of(repeated), NO_TOTAL, Optional.empty()), 7, rows("a", 10));
        assertThat(mix)
                .hasSize(25)
                .extracting(Conversation::id)
                .doesNotHaveDuplicates()
                .contains("a0", "a0+2");
        assertThat(mix).filteredOn(row -> row.id().endsWith("+3")).hasSize(5);
    }

    @Test
    void fractionAboveOneRepeatsEveryRow() {
        assertThat(mix(mixture(NO_TOTAL, fraction(2)), 7, rows("a", 3)))
                .extracting(Conversation::id)
                .containsExactlyInAnyOrder("a0", "a1", "a2", "a0+2", "a1+2", "a2+2");
    }

    @Test
    void emptySourceCannotBeRepeated() {
        var part = new MixPart("s0", new Weight.Count(5), Optional.empty(), true);
        assertThatThrownBy(() -> mix(new Mixture(List.of(part), NO_TOTAL, Optional.empty()), 7, rows("a", 0)))
                .hasMessage("source 's0' has 0 rows, but 5 are asked for");
    }

    @Test
    void statedTotalMustBeWhatTheCountsAddUpTo() {
        assertThat(mixture(Optional.of(30L), count(10), count(20)).statedRows()).contains(30L);
        assertThatThrownBy(() -> mixture(Optional.of(31L), count(10), count(20)))
                .hasMessage("total must be what the counts add up to, 30, got 31");
        assertThatThrownBy(() -> mixture(Optional.of(31L), fraction(1)).counts(new long[] {30}))
                .hasMessage("the mix must have 31 rows in total, but its weights give 30");
    }

    @Test
    void impossibleSharesAreRefused() {
        assertThatThrownBy(() -> mixture(NO_TOTAL, share(0.7), share(0.7))).hasMessageContaining("shares above 1");
        assertThatThrownBy(() -> mixture(NO_TOTAL, share(0.5))).hasMessageContaining("must add up to 1");
        assertThatThrownBy(() -> mixture(NO_TOTAL, share(1), count(5))).hasMessageContaining("no room");
    }

    @Property(tries = 30)
    void mixDependsOnTheSeedAndTheRowsButNotOnTheirOrder(@ForAll long seed) {
        Mixture mixture = mixture(NO_TOTAL, fraction(0.4), count(25));
        List<Conversation> a = rows("a", 50);
        List<Conversation> b = rows("b", 60);
        var shuffled = new ArrayList<>(a);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(mix(mixture, seed, shuffled, b)).isEqualTo(mix(mixture, seed, a, b));
        assertThat(mix(mixture, seed + 1, a, b)).isNotEqualTo(mix(mixture, seed, a, b));
    }

    @Property(tries = 30)
    void smallerMixIsPartOfALargerOne(@ForAll long seed) {
        List<Conversation> few = mix(mixture(NO_TOTAL, count(10)), seed, rows("a", 100));
        List<Conversation> more = mix(mixture(NO_TOTAL, count(40)), seed, rows("a", 100));
        assertThat(more).containsSubsequence(few);
    }

    @Property(tries = 30)
    void sampleKeepsTheSkillsInProportion(@ForAll long seed) {
        List<MixPart> parts = List.of(
                new MixPart("a", new Weight.Fraction(1), Optional.of("coding"), false),
                new MixPart("b", new Weight.Fraction(1), Optional.of("coding"), false),
                new MixPart("c", new Weight.Fraction(1), Optional.of("safety"), false));
        List<List<Conversation>> sources = List.of(rows("a", 30), rows("b", 50), rows("c", 20));
        List<Conversation> whole = mix(new Mixture(parts, NO_TOTAL, Optional.empty()), seed, sources);
        List<Conversation> tenth = mix(new Mixture(parts, NO_TOTAL, Optional.of(0.1)), seed, sources);
        assertThat(whole).hasSize(100).containsSubsequence(tenth);
        assertThat(tenth.stream().filter(row -> row.source().equals("c"))).hasSize(2);
        assertThat(tenth).hasSize(10);
    }

    @Test
    void sourcesAreInterleavedAndNotStacked() {
        // of 1,000 rows in random order, the first half holds 250 of either source with a deviation of 8
        List<Conversation> mix = mix(mixture(NO_TOTAL, fraction(1), fraction(1)), 3, rows("a", 500), rows("b", 500));
        long ofA =
                mix.stream().limit(500).filter(row -> row.source().equals("a")).count();
        assertThat(ofA).isBetween(210L, 290L);
    }

    @Test
    void everyRowIsInTheMixOrRejectedWithItsReason() {
        Mixture mixture = mixture(NO_TOTAL, count(3), fraction(1));
        var run = run(mixture, 5, List.of(rows("a", 10), rows("b", 4)));
        List<String> ids = run.rows().map(Conversation::id).collect(Collectors.toList());
        assertThat(run.rejected().toList()).hasSize(7).allSatisfy(line -> {
            assertThat(line).containsEntry("filter", "mix").containsEntry("reason", "not drawn from s0");
            ids.add(line.get("id").toString());
        });
        assertThat(ids).hasSize(14).doesNotHaveDuplicates();
        assertThat(run.notDrawn()).containsExactly(Map.entry("s0", 7L));
        assertThat(run.rowsIn()).isEqualTo(14);
        assertThat(run.rowsOut()).isEqualTo(7);
        assertThat(run.repeated()).isZero();
        assertThat(run.report().toString())
                .contains("available=10, rows=3, distinct=3", "share=0.42857", "rows_by_skill={none=7}");
    }

    private static Weight fraction(double of) {
        return new Weight.Fraction(of);
    }

    private static Weight count(long rows) {
        return new Weight.Count(rows);
    }

    private static Weight share(double of) {
        return new Weight.Share(of);
    }

    private static Mixture mixture(Optional<Long> total, Weight... weights) {
        return new Mixture(
                IntStream.range(0, weights.length)
                        .mapToObj(i -> new MixPart("s" + i, weights[i], Optional.empty(), false))
                        .toList(),
                total,
                Optional.empty());
    }

    @SafeVarargs
    private static List<Conversation> mix(Mixture mixture, long seed, List<Conversation>... sources) {
        return mix(mixture, seed, List.of(sources));
    }

    private static List<Conversation> mix(Mixture mixture, long seed, List<List<Conversation>> sources) {
        return run(mixture, seed, sources).rows().toList();
    }

    private static MixRun<Conversation> run(Mixture mixture, long seed, List<List<Conversation>> sources) {
        return new MixRun<>(
                mixture,
                MixRows.conversations(),
                sources.stream()
                        .map(rows -> (Supplier<Stream<Conversation>>) rows::stream)
                        .toList(),
                seed);
    }

    private static List<Conversation> rows(String source, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Conversation(source + i, source, List.of(Message.user("row " + i))))
                .toList();
    }
}
