package io.kiln.cli.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What PostgreSQL says about one of its schemas. */
record Catalog(Connection connection, String schema) {
    /** Flyway's record of the migrations; a restore makes its own. */
    private static final String HISTORY = "flyway_schema_history";

    /** Returns the newest migration that was applied; empty where none was. */
    Optional<String> version() throws SQLException {
        if (!tables().contains(HISTORY)) {
            return Optional.empty();
        }
        return strings("SELECT version FROM " + TableCopy.quoted(schema) + "." + HISTORY
                        + " WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1")
                .stream()
                .findFirst();
    }

    /** Returns the names of the tables, Flyway's own included. */
    List<String> tables() throws SQLException {
        return strings("SELECT tablename FROM pg_tables WHERE schemaname = ? ORDER BY tablename", schema);
    }

    /** Returns the names of the tables that hold data of Kiln's. */
    List<String> dataTables() throws SQLException {
        return tables().stream().filter(name -> !name.equals(HISTORY)).toList();
    }

    /**
     * Returns the columns that a copy takes along. Generated ones compute themselves; transaction numbers (xid8) mean something in one cluster only, and get their default,
     * the number of the transaction that restores them.
     */
    List<String> columns(String table) throws SQLException {
        return strings(
                "SELECT attname FROM pg_attribute WHERE attrelid = (quote_ident(?) || '.' || quote_ident(?))::regclass AND attnum > 0"
                        + " AND NOT attisdropped AND attgenerated = '' AND atttypid <> 'xid8'::regtype ORDER BY attnum",
                schema,
                table);
    }

    /** Returns the last value of each sequence that was ever used. */
    Map<String, Long> sequences() throws SQLException {
        Map<String, Long> values = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = ? AND last_value IS NOT NULL ORDER BY 1")) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return values;
    }

    /** Returns the tables that a table's foreign keys point to, itself left out. */
    List<String> references(String table) throws SQLException {
        return strings(
                "SELECT DISTINCT target.relname FROM pg_constraint JOIN pg_class target ON target.oid = confrelid"
                        + " WHERE contype = 'f' AND conrelid = (quote_ident(?) || '.' || quote_ident(?))::regclass AND confrelid <> conrelid",
                schema,
                table);
    }

    private List<String> strings(String query, String... arguments) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    strings.add(rows.getString(1));
                }
            }
        }
        return strings;
    }
}
