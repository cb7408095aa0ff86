package dev.caravan.recipe;

import dev.caravan.io.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// What came out of one run, or of several side by side, as one HTML page that needs nothing but itself: styles and
/// script are inside, and it loads nothing from the network. The page depends on the runs' files alone, so it is the
/// same each time.
public final class Report {
    /// The largest page that opens without a wait on a phone.
    private static final int MOST_BYTES = 3_000_000;

    private Report() {}

    /// Writes the page; every run ends with it.
    public static void write(Store store, Path file, List<Path> runs) {
        store.write(file, html(runs));
    }

    /// @param runs run folders, as `caravan run` made them; several are compared
    /// @return the page; where a run holds more rows than fit, it shows an even sample and says of how many
    /// @throws dev.caravan.RecipeException when a folder is no run folder
    /// @throws dev.caravan.DataException when a file of a run is broken
    public static String html(List<Path> runs) {
        List<ReportRun> read = runs.stream().map(ReportRun::read).toList();
        String page = "";
        for (long rows = MOST_BYTES / 2; rows > 0; rows /= 2) {
            page = new ReportPage(read, rows).html();
            if (page.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
                return page;
            }
        }
        return page;
    }
}
