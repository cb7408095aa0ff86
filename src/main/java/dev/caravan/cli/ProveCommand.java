package dev.caravan.cli;

import dev.caravan.io.Json;
import dev.caravan.prove.Finding;
import dev.caravan.prove.Laws;
import dev.caravan.tensor.Precision;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `caravan prove`: the numerical laws, on this machine.
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = "Show the numerical laws on this machine, in float32 and in the precision that it trains in;"
                + " exit 4 when one does not hold.")
final class ProveCommand implements Callable<Integer> {
    private static final int ENGINE = 4;

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Option(names = "--quick", description = "one smallest model instead of larger ones from three seeds")
    private boolean quick;

    @Option(names = "--json", description = "a JSON object a law")
    private boolean json;

    @Override
    public Integer call() {
        var precisions = new LinkedHashSet<>(List.of(Precision.FLOAT32, engine.start()));
        var findings = new ArrayList<Finding>();
        for (Precision precision : precisions) {
            findings.addAll(
                    Laws.prove(precision, quick, finding -> System.out.println(json ? row(finding) : line(finding))));
        }
        long broken = findings.stream().filter(finding -> !finding.holds()).count();
        System.err.printf("%d of %d laws hold%n", findings.size() - broken, findings.size());
        return broken == 0 ? 0 : ENGINE;
    }

    private static String row(Finding finding) {
        return Json.write(Json.mapper()
                .createObjectNode()
                .put("law", finding.law())
                .put("precision", finding.precision().label())
                .put("difference", finding.difference())
                .put("bound", finding.bound())
                .put("holds", finding.holds()));
    }

    private static String line(Finding finding) {
        return String.format(
                Locale.ROOT,
                "%-6s  %-8s  %-56s  %7.1e, at most %.1e",
                finding.holds() ? "holds" : "BROKEN",
                finding.precision().label(),
                finding.law(),
                finding.difference(),
                finding.bound());
    }
}
