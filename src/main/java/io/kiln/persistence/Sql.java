package io.kiln.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Statements on Kiln's data source, in the transaction of the calling thread. Thread-safe. */
@ApplicationScoped
public class Sql {
    private final DataSource dataSource;

    /** For the container's proxy only. */
    protected Sql() {
        this(null);
    }

    @Inject
    public Sql(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Reads one row of a result. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** How many rows the statement changed. */
    public int update(String statement, Object... values) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement prepared = prepare(connection, statement, values)) {
            return prepared.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** All rows of a query, or of a statement that returns what it changed. */
    public <T> List<T> list(RowReader<T> reader, String query, Object... values) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement prepared = prepare(connection, query, values);
                ResultSet rows = prepared.executeQuery()) {
            List<T> list = new ArrayList<>();
            while (rows.next()) {
                list.add(reader.read(rows));
            }
            return list;
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** The first row. */
    public <T> Optional<T> first(RowReader<T> reader, String query, Object... values) {
        return list(reader, query, values).stream().findFirst();
    }

    /** True where the query has a row. */
    public boolean exists(String query, Object... values) {
        return !list(row -> true, query, values).isEmpty();
    }

    /**
     * Joins what a query finds for each single row of the tables named before it, as a table. What the rest of the statement asks of its columns is asked of what
     * it has found, so that it is found by the index that it names and by no other: statistics lag behind the thousands of rows that a request has just changed,
     * and where they say that there are none, the database would look through all of them for each row.
     *
     * @param query on columns of the tables before
     */
    public static String each(String query, String name) {
        return " cross join lateral (" + query + " offset 0) " + name;
    }

    private static PreparedStatement prepare(Connection connection, String statement, Object... values)
            throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(statement);
        try {
            for (int i = 0; i < values.length; i++) {
                bind(connection, prepared, i + 1, values[i]);
            }
            return prepared;
        } catch (SQLException | RuntimeException e) {
            prepared.close();
            throw e;
        }
    }

    private static void bind(Connection connection, PreparedStatement prepared, int index, Object value)
            throws SQLException {
        if (value instanceof Enum<?> constant) {
            prepared.setString(index, constant.name());
        } else if (value instanceof Instant instant) {
            prepared.setObject(index, instant.atOffset(ZoneOffset.UTC));
        } else if (value instanceof String[] texts) {
            prepared.setArray(index, connection.createArrayOf("text", texts));
        } else if (value instanceof UUID[] ids) {
            prepared.setArray(index, connection.createArrayOf("uuid", ids));
        } else {
            prepared.setObject(index, value);
        }
    }
}
