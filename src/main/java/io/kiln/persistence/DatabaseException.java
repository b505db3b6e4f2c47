package io.kiln.persistence;

import java.sql.SQLException;

/** The database refused a statement or could not be reached. */
public class DatabaseException extends RuntimeException {
    public DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
    }

    /** True where a row with this key exists already. */
    public boolean isDuplicate() {
        return "23505".equals(((SQLException) getCause()).getSQLState());
    }
}
