package dev.caravan.curate;

import dev.caravan.DataException;

/// Counts the rows of a source and the bad ones among them, and ends the reading when they are too many.
public final class BadRowCount {
    private static final long FIRST_VERDICT = 1_000; // a share of fewer rows says little before the end
    private static final long LEEWAY = 100; // bad rows above the share that those to come may still outweigh

    private final FileSource source;
    private long rows;
    private long bad;
    private String first = ""; // of the bad rows

    public BadRowCount(FileSource source) {
        this.source = source;
    }

    /// Counts rows that were read, good and bad ones.
    public void read(long more) {
        rows += more;
    }

    /// Counts the row that was read last as bad.
    ///
    /// @throws DataException when the source allows none
    public void bad(BadRow row) {
        bad++;
        if (bad == 1) first = row.where() + ": " + row.problem();
        if (source.badRows() instanceof StopBadRows) throw row.failure();
    }

    /// @throws DataException when more of the rows up to here are bad than those to come may outweigh
    public void requireFewSoFar() {
        if (rows >= FIRST_VERDICT) requireFew(LEEWAY);
    }

    /// @throws DataException when there were no rows, or more bad ones than the source allows
    public void end() {
        if (rows == 0) {
            throw new DataException("source %s has no rows: %s is empty".formatted(source.name(), source.path()));
        }
        requireFew(0);
    }

    private void requireFew(long leeway) {
        double share = source.badRows().share();
        if (bad <= share * rows + leeway) return;
        throw new DataException(
                "%d of %d rows of source %s are bad, more than the share of %s that it allows; the first: %s"
                        .formatted(bad, rows, source.name(), share, first));
    }
}
