package dev.caravan.cli;

import dev.caravan.curate.Curation;
import dev.caravan.curate.Statistics;
import dev.caravan.io.Store;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `caravan curate`: files of rows through filters into a folder.
@Command(
        name = "curate",
        mixinStandardHelpOptions = true,
        description = "Read rows of many shapes, and keep or reject each with a reason: DIR/data.jsonl,"
                + " DIR/rejected.jsonl, DIR/report.json.")
final class CurateCommand implements Callable<Integer> {
    @Mixin
    private final CurateOptions options = new CurateOptions();

    @Override
    public Integer call() {
        var statistics = options.tokenizer().map(Statistics::withTokens).orElseGet(Statistics::new);
        var curation = new Curation(options.sources(), options.filters());
        return CurateOptions.summarise(curation.write(new Store(), options.out(), statistics));
    }
}
