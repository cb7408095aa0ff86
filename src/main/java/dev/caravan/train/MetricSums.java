package dev.caravan.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Weighted means of named numbers, in the order in which the names first came.
public final class MetricSums {
    private record Sum(double total, double weight) {}

    private final SequencedMap<String, Sum> sums = new LinkedHashMap<>();

    /// Adds a value that counts `weight` times.
    public MetricSums add(String name, double value, double weight) {
        sums.merge(name, new Sum(value * weight, weight), (a, b) -> new Sum(a.total + b.total, a.weight + b.weight));
        return this;
    }

    public MetricSums add(MetricSums other) {
        other.sums.forEach((name, s) -> sums.merge(name, s, (a, b) -> new Sum(a.total + b.total, a.weight + b.weight)));
        return this;
    }

    /// The mean of each.
    public SequencedMap<String, Double> means() {
        var means = new LinkedHashMap<String, Double>();
        for (Map.Entry<String, Sum> e : sums.entrySet()) {
            means.put(
                    e.getKey(),
                    e.getValue().weight() == 0
                            ? 0
                            : e.getValue().total() / e.getValue().weight());
        }
        return means;
    }
}
