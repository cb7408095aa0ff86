package dev.caravan.generate.synthesis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// The numbers of a synthesis: rows in are rows out and those rejected.
public final class SynthesisReport {
    private final String kind;
    private final Map<String, Long> rejected = new TreeMap<>();
    private final Map<String, Long> unpaired = new TreeMap<>();
    private final Map<String, Object> model = new LinkedHashMap<>();
    private long out;
    private long pairs;

    SynthesisReport(String kind) {
        this.kind = kind;
    }

    void add(Outcome outcome) {
        switch (outcome) {
            case Outcome.Made _ -> out++;
            case Outcome.Rejected row -> rejected.merge(row.filter(), 1L, Long::sum);
        }
    }

    void add(Relaxation.Result result) {
        switch (result) {
            case Relaxation.Result.Paired _ -> pairs++;
            case Relaxation.Result.None(var reason) -> unpaired.merge(reason, 1L, Long::sum);
        }
    }

    void made(String name, SequencedMap<String, Number> numbers) {
        model.put("name", name);
        model.putAll(numbers);
    }

    public long in() {
        return out + rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    public long out() {
        return out;
    }

    public long pairs() {
        return pairs;
    }

    /// Filter to the number of rows that it rejected.
    public Map<String, Long> rejected() {
        return rejected;
    }

    /// As `report.json` has it.
    public Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("kind", kind);
        json.put("in", in());
        json.put("out", out);
        json.put("rejected", rejected);
        json.put("pairs", pairs);
        json.put("pairs_not_made", unpaired);
        json.put("model", model);
        return json;
    }
}
