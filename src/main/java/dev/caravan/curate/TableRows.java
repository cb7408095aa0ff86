package dev.caravan.curate;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rows of a table, read by DuckDB in pieces: memory stays bounded however large the file. Each row crosses as
/// one JSON text, so that lists and structures of any depth arrive as they are.
///
/// DuckDB gets one thread, which keeps the rows in order, and may fetch no extensions. The rows of a CSV file that
/// do not fit its header come last, by the lines they stand on.
final class TableRows extends RowsOneByOne {
    private static final String PARQUET = "SELECT to_json(rows)::VARCHAR FROM read_parquet(?) AS rows";
    private static final String CSV = "SELECT to_json(rows)::VARCHAR FROM read_csv(?, header = %s,"
            + " all_varchar = true, strict_mode = %s, delim = ',', quote = '\"', escape = '\"', comment = '', encoding = 'utf-8',"
            + " max_line_size = " + NumberedLines.LONGEST_BYTES + ", store_rejects = true, rejects_limit = 0) AS rows";
    private static final String REJECTS =
            "SELECT line, any_value(error_message), any_value(csv_line) FROM reject_errors GROUP BY line ORDER BY line";
    private static final Pattern WILDCARD = Pattern.compile("[\\[*?]");

    private final Connection duck;
    private final boolean keepsRejects;
    private ResultSet rows;
    private boolean ofRejects;
    private long number;

    @SuppressWarnings("MustBeClosed") // closed with the connection
    private TableRows(Path file, List<String> queries, boolean keepsRejects) {
        super(file);
        this.keepsRejects = keepsRejects;
        try {
            this.duck = DriverManager.getConnection("jdbc:duckdb:", settings());
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not start", e);
        }
        try {
            this.rows = query(queries);
        } catch (SQLException e) {
            close();
            throw unreadable(e);
        }
    }

    /// The first of the queries that DuckDB can begin, or why it cannot begin the last.
    @SuppressWarnings("MustBeClosed") // closed with the connection
    private ResultSet query(List<String> queries) throws SQLException {
        try {
            PreparedStatement statement = duck.prepareStatement(queries.getFirst());
            statement.setString(1, WILDCARD.matcher(file.toString()).replaceAll("[$0]"));
            return statement.executeQuery();
        } catch (SQLException e) {
            if (queries.size() == 1) throw e;
            return query(queries.subList(1, queries.size()));
        }
    }

    static TableRows parquet(Path file) {
        return new TableRows(file, List.of(PARQUET), false);
    }

    static TableRows csv(Path file) {
        return csv(file, true);
    }

    static TableRows csvWithoutHeader(Path file) {
        return csv(file, false);
    }

    /// Where lines end in two ways, as with line breaks inside the texts of a table from elsewhere, DuckDB knows the
    /// table only when it is told to be lenient.
    private static TableRows csv(Path file, boolean header) {
        return new TableRows(file, List.of(CSV.formatted(header, true), CSV.formatted(header, false)), true);
    }

    private static Properties settings() {
        var settings = new Properties();
        settings.setProperty("memory_limit", "1GB");
        settings.setProperty("threads", "1");
        settings.setProperty("temp_directory", "");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("jdbc_stream_results", "true");
        return settings;
    }

    @Override
    public void close() {
        try {
            duck.close();
        } catch (SQLException e) {
            throw new DataException("cannot close %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    @Override
    @Nullable
    FileRow read() {
        try {
            if (!ofRejects && rows.next()) return sound();
            if (!ofRejects && keepsRejects) readRejects();
            return ofRejects && rows.next() ? rejected() : null;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @SuppressWarnings("MustBeClosed") // closed with the connection
    private void readRejects() throws SQLException {
        rows.close();
        rows = duck.createStatement().executeQuery(REJECTS);
        ofRejects = true;
    }

    private FileRow sound() throws SQLException {
        String text = rows.getString(1);
        number++;
        return JsonRow.of("%s: row %d".formatted(file, number), Json.tree(text), text);
    }

    private FileRow rejected() throws SQLException {
        String problem = "the line does not fit the table: " + firstLine(rows.getString(2));
        return new BadRow(file + ":" + rows.getLong(1), problem, String.valueOf(rows.getString(3)));
    }

    private DataException unreadable(SQLException e) {
        return new DataException(
                "cannot read %s after row %d: %s".formatted(file, number, firstLine(String.valueOf(e.getMessage()))),
                e);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
