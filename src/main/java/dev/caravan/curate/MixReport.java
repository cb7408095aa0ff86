package dev.caravan.curate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The numbers of a mix, by source in the order of the mixture.
///
/// @param available rows that the source has
/// @param drawn rows of the mix that are of the source, repeated ones included
/// @param distinct rows of the source that are part of the mix
public record MixReport(Mixture mixture, long[] available, long[] drawn, long[] distinct) {
    /// Rows of the mix.
    public long rows() {
        return Arrays.stream(drawn).sum();
    }

    /// Rows of all sources.
    public long rowsIn() {
        return Arrays.stream(available).sum();
    }

    /// What `report.json` says.
    public Map<String, Object> line() {
        var report = new LinkedHashMap<String, Object>();
        report.put("rows", rows());
        report.put(
                "sources", IntStream.range(0, drawn.length).mapToObj(this::line).toList());
        report.put("rows_by_skill", bySkill());
        return report;
    }

    private Map<String, Object> line(int source) {
        MixPart part = mixture.parts().get(source);
        var line = new LinkedHashMap<String, Object>();
        line.put("source", part.name());
        part.skill().ifPresent(skill -> line.put("skill", skill));
        line.put("available", available[source]);
        line.put("rows", drawn[source]);
        line.put("distinct", distinct[source]);
        line.put("share", rows() == 0 ? 0 : (double) drawn[source] / rows());
        return line;
    }

    private Map<String, Long> bySkill() {
        var bySkill = new TreeMap<String, Long>();
        for (int source = 0; source < drawn.length; source++) {
            String skill = mixture.parts().get(source).skill().orElse("none");
            if (drawn[source] > 0) bySkill.merge(skill, drawn[source], Long::sum);
        }
        return bySkill;
    }
}
