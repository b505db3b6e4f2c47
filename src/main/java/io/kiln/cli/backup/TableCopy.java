package io.kiln.cli.backup;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table in a backup.
 *
 * @param name of the table
 * @param columns in the order of the copy
 * @param rows how many rows the copy has
 */
record TableCopy(String name, List<String> columns, long rows) {
    /** The table and its columns as COPY takes them. */
    String copyTarget() {
        return quoted(name) + columns.stream().map(TableCopy::quoted).collect(Collectors.joining(", ", " (", ")"));
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
