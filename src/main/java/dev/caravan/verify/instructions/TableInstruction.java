package dev.caravan.verify.instructions;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// IFBench's instructions to write a table of separated fields under given columns.
sealed interface TableInstruction extends Instruction {
    private static List<List<String>> rows(String text, char separator) {
        return CommaSeparated.rows(text, separator).orElse(List.of());
    }

    /// Whether the table has so many rows under its header, each with a field for each column.
    private static boolean isWhole(List<List<String>> rows, int count, int columns) {
        return rows.size() == count + 1 && rows.stream().skip(1).allMatch(row -> row.size() == columns);
    }

    /// Whether the first line names the columns, quoted or not, with spaces behind the separators at most.
    private static boolean isHeader(String response, List<String> columns, String separator) {
        String pattern = columns.stream()
                .map(column -> "(?:" + column + "|\"" + column + "\")")
                .collect(Collectors.joining(separator));
        return PythonText.strip(PythonText.split(response, "\n").getFirst()).matches(pattern);
    }

    /// The same text with quotes that stay in the fields when it is read.
    private static String keepingQuotes(String text) {
        return text.replace("\"", "\"\"\"");
    }

    /// Seven rows of cities.
    record Cities() implements TableInstruction {
        private static final List<String> COLUMNS = List.of("ID", "Country", "City", "Year", "Count");

        @Override
        public boolean isFollowedBy(String response) {
            List<List<String>> rows = rows(response, ',');
            return isWhole(rows, 7, COLUMNS.size()) && rows.getFirst().equals(COLUMNS);
        }
    }

    /// Fourteen rows of products, of which one has a quoted field with a special character; the rows up to that one
    /// must be whole.
    record SpecialCharacter() implements TableInstruction {
        private static final List<String> COLUMNS = List.of("ProductID", "Category", "Brand", "Price", "Stock");

        @Override
        public boolean isFollowedBy(String response) {
            List<List<String>> rows = rows(keepingQuotes(response), ',');
            int special = IntStream.range(1, rows.size())
                    .filter(i -> rows.get(i).stream().anyMatch(SpecialCharacter::isSpecial))
                    .findFirst()
                    .orElse(0);
            return isHeader(response, COLUMNS, ",[ \\t]*+")
                    && rows.size() == 15
                    && special > 0
                    && rows.subList(1, special + 1).stream().allMatch(row -> row.size() == COLUMNS.size());
        }

        /// Whether the first line of a field, from its first quote to its last, holds a mark.
        private static boolean isSpecial(String field) {
            String line = PythonText.split(field, "\n").getFirst();
            int last = line.lastIndexOf('"');
            return line.startsWith("\"")
                    && last > 0
                    && line.substring(1, last)
                            .codePoints()
                            .anyMatch(c -> !PythonText.isWord(c) && !PythonText.isSpace(c));
        }
    }

    /// Three rows of grades, separated by tabs, every field in quotes.
    record Quoted() implements TableInstruction {
        private static final List<String> COLUMNS = List.of("StudentID", "Subject", "Grade", "Semester", "Score");

        @Override
        public boolean isFollowedBy(String response) {
            List<List<String>> rows = rows(keepingQuotes(response), '\t');
            return isHeader(response, COLUMNS, "\\t *+")
                    && isWhole(rows, 3, COLUMNS.size())
                    && rows.getFirst().size() == COLUMNS.size()
                    && rows.stream()
                            .flatMap(List::stream)
                            .map(PythonText::strip)
                            .allMatch(Quoted::isQuoted);
        }

        private static boolean isQuoted(String field) {
            return field.startsWith("\"") && field.endsWith("\"");
        }
    }
}
