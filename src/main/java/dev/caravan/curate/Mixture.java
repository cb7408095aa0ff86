package dev.caravan.curate;

import dev.caravan.DataException;
import dev.caravan.curate.Weight.Count;
import dev.caravan.curate.Weight.Fraction;
import dev.caravan.curate.Weight.Share;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Weighted sources of one data set. What it takes of each is a matter of counts alone; which rows, and in which
/// order, [MixDraw] decides.
///
/// @param parts the sources
/// @param total rows of the mix: what shares are shares of, and what counts must add up to. Absent: where
///     the mix has shares and fixed rows, so many that the shares are right; where it has shares only, the most
///     that needs no row twice
/// @param sample share of the mix that is kept, of every skill alike
public record Mixture(List<MixPart> parts, Optional<Long> total, Optional<Double> sample) {
    private static final double ROUNDING = 1e-9;

    public Mixture {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) throw new IllegalArgumentException("sources must name at least one source");
        requireDifferentNames(parts);
        if (total.filter(rows -> rows < 1).isPresent()) {
            throw new IllegalArgumentException("total must be at least 1, got " + total.get());
        }
        if (sample.filter(share -> !(share > 0 && share <= 1)).isPresent()) {
            throw new IllegalArgumentException("sample must be above 0 and at most 1, got " + sample.get());
        }
        requireCountsAddUp(parts, total);
        requireSharesFit(parts, total.isPresent());
    }

    /// The rows that the mix takes, where only counts decide: no file need be there.
    public Optional<Long> statedRows() {
        return parts.stream().allMatch(part -> part.weight() instanceof Count)
                ? Optional.of(statedCounts(parts))
                : Optional.empty();
    }

    /// How many rows the mix takes of each source.
    ///
    /// @param available rows of each source
    /// @throws DataException when a source has too few
    public long[] counts(long[] available) {
        long[] counts = new long[parts.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = fixed(parts.get(i).weight(), available[i]);
        }
        addShares(counts, available);
        for (int i = 0; i < counts.length; i++) {
            requireEnough(parts.get(i), counts[i], available[i]);
        }
        total.filter(rows -> rows != Arrays.stream(counts).sum()).ifPresent(rows -> {
            throw new DataException("the mix must have %d rows in total, but its weights give %d"
                    .formatted(rows, Arrays.stream(counts).sum()));
        });
        return counts;
    }

    private static long fixed(Weight weight, long available) {
        return switch (weight) {
            case Fraction(double of) -> Math.round(of * available);
            case Count(long rows) -> rows;
            case Share _ -> 0;
        };
    }

    private void addShares(long[] counts, long[] available) {
        double[] shares =
                parts.stream().mapToDouble(part -> share(part.weight())).toArray();
        double sum = Arrays.stream(shares).sum();
        if (sum == 0) return;
        long fixed = Arrays.stream(counts).sum();
        double rows = total.map(Long::doubleValue).orElseGet(() -> wholeMix(fixed, shares, sum, available));
        long[] ofShares = Apportionment.of(Math.round(rows * sum), shares);
        for (int i = 0; i < counts.length; i++) {
            counts[i] += ofShares[i];
        }
    }

    private static double wholeMix(long fixed, double[] shares, double sum, long[] available) {
        if (fixed > 0) return fixed / (1 - sum);
        return Math.floor(IntStream.range(0, shares.length)
                .filter(i -> shares[i] > 0)
                .mapToDouble(i -> available[i] / shares[i] + ROUNDING)
                .min()
                .orElseThrow());
    }

    private static double share(Weight weight) {
        return weight instanceof Share(double of) ? of : 0;
    }

    private static void requireEnough(MixPart part, long asked, long available) {
        boolean repeats = part.repeat() || part.weight() instanceof Fraction;
        if (asked <= available || repeats && available > 0) return;
        throw new DataException("source '%s' has %d rows, but %d are asked for%s"
                .formatted(
                        part.name(),
                        available,
                        asked,
                        available == 0 ? "" : "; set repeat: true to let rows come more than once"));
    }

    private static void requireDifferentNames(List<MixPart> parts) {
        var names = new HashSet<String>();
        for (MixPart part : parts) {
            if (!names.add(part.name())) {
                throw new IllegalArgumentException("sources must have different names, '" + part.name() + "' is twice");
            }
        }
    }

    private static void requireCountsAddUp(List<MixPart> parts, Optional<Long> total) {
        boolean counted = parts.stream().allMatch(part -> part.weight() instanceof Count);
        if (!counted || total.isEmpty() || total.get() == statedCounts(parts)) return;
        throw new IllegalArgumentException(
                "total must be what the counts add up to, %d, got %d".formatted(statedCounts(parts), total.get()));
    }

    private static long statedCounts(List<MixPart> parts) {
        return parts.stream()
                .mapToLong(part -> part.weight() instanceof Count(long rows) ? rows : 0)
                .sum();
    }

    private static void requireSharesFit(List<MixPart> parts, boolean hasTotal) {
        double sum = parts.stream().mapToDouble(part -> share(part.weight())).sum();
        boolean only = parts.stream().allMatch(part -> part.weight() instanceof Share);
        if (sum > 1 + ROUNDING) throw new IllegalArgumentException("sources must not have shares above 1, got " + sum);
        if (only && sum < 1 - ROUNDING) {
            throw new IllegalArgumentException("sources with shares only must add up to 1, got " + sum);
        }
        if (!only && !hasTotal && sum > 1 - ROUNDING) {
            throw new IllegalArgumentException("sources beside shares that fill the mix have no room in it");
        }
    }
}
