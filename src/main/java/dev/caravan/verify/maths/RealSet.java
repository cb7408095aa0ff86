package dev.caravan.verify.maths;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A set of real numbers: intervals in ascending order that neither overlap nor touch.
record RealSet(List<Span> spans) {
    /// One end of an interval; an end that is not bounded has no value.
    record End(Optional<BigDecimal> value, boolean closed) {
        static final End UNBOUNDED = new End(Optional.empty(), false);

        static End of(BigDecimal value, boolean closed) {
            return new End(Optional.of(value), closed);
        }

        private boolean isNear(End other) {
            return closed == other.closed
                    && value.isPresent() == other.value.isPresent()
                    && compare(value.orElse(BigDecimal.ZERO), other.value.orElse(BigDecimal.ZERO)) == 0;
        }
    }

    /// From the lower to the upper end; a point is closed at both.
    record Span(End low, End high) {
        static final Span ALL = new Span(End.UNBOUNDED, End.UNBOUNDED);

        static Span point(BigDecimal value) {
            return new Span(End.of(value, true), End.of(value, true));
        }

        private boolean isEmpty() {
            if (low.value().isEmpty() || high.value().isEmpty()) {
                return false;
            }
            int order = compare(low.value().get(), high.value().get());
            return order > 0 || order == 0 && !(low.closed() && high.closed());
        }

        private Span and(Span other) {
            End lower = compareLow(low, other.low) >= 0 ? low : other.low;
            End upper = compareHigh(high, other.high) <= 0 ? high : other.high;
            return new Span(lower, upper);
        }

        /// Whether nothing lies between this and a span that starts no lower.
        private boolean reaches(Span next) {
            if (high.value().isEmpty() || next.low.value().isEmpty()) {
                return true;
            }
            int order = compare(high.value().get(), next.low.value().get());
            return order > 0 || order == 0 && (high.closed() || next.low.closed());
        }

        private List<Span> outside() {
            List<Span> outside = new ArrayList<>();
            low.value().ifPresent(value -> outside.add(new Span(End.UNBOUNDED, End.of(value, !low.closed()))));
            high.value().ifPresent(value -> outside.add(new Span(End.of(value, !high.closed()), End.UNBOUNDED)));
            return outside;
        }
    }

    static RealSet of(List<Span> parts) {
        List<Span> sorted = parts.stream()
                .filter(part -> !part.isEmpty())
                .sorted(Comparator.comparing(Span::low, RealSet::compareLow))
                .toList();
        List<Span> merged = new ArrayList<>();
        for (Span span : sorted) {
            if (!merged.isEmpty() && merged.getLast().reaches(span)) {
                Span last = merged.removeLast();
                End high = compareHigh(last.high(), span.high()) >= 0 ? last.high() : span.high();
                merged.add(new Span(last.low(), high));
            } else {
                merged.add(span);
            }
        }
        return new RealSet(List.copyOf(merged));
    }

    RealSet or(RealSet other) {
        List<Span> all = new ArrayList<>(spans);
        all.addAll(other.spans);
        return of(all);
    }

    RealSet without(RealSet other) {
        RealSet rest = this;
        for (Span span : other.spans) {
            rest = rest.and(span.outside());
        }
        return rest;
    }

    private RealSet and(List<Span> others) {
        List<Span> all = new ArrayList<>();
        for (Span span : spans) {
            others.forEach(other -> all.add(span.and(other)));
        }
        return of(all);
    }

    /// Whether all ends agree to the precision of [Complex#isNear].
    boolean isNear(RealSet other) {
        if (spans.size() != other.spans.size()) {
            return false;
        }
        for (int i = 0; i < spans.size(); i++) {
            Span left = spans.get(i);
            Span right = other.spans.get(i);
            if (!left.low().isNear(right.low()) || !left.high().isNear(right.high())) {
                return false;
            }
        }
        return true;
    }

    private static int compare(BigDecimal left, BigDecimal right) {
        return Complex.of(left).isNear(Complex.of(right)) ? 0 : left.compareTo(right);
    }

    private static int compareLow(End left, End right) {
        if (left.value().isEmpty() || right.value().isEmpty()) {
            return Boolean.compare(left.value().isPresent(), right.value().isPresent());
        }
        int order = compare(left.value().get(), right.value().get());
        return order != 0 ? order : Boolean.compare(right.closed(), left.closed());
    }

    private static int compareHigh(End left, End right) {
        if (left.value().isEmpty() || right.value().isEmpty()) {
            return Boolean.compare(left.value().isEmpty(), right.value().isEmpty());
        }
        int order = compare(left.value().get(), right.value().get());
        return order != 0 ? order : Boolean.compare(left.closed(), right.closed());
    }
}
