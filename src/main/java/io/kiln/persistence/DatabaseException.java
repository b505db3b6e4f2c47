package io.kiln.persistence;

import java.sql.SQLException;
import java.util.regex.Pattern;

/** The database refused a statement or could not be reached. */
public class DatabaseException extends RuntimeException {
    /** SQLSTATE of values that do not fit their type, are missing, or break a check: what is referred to may be gone, or be back, the next time. */
    private static final Pattern VALUES = Pattern.compile("22...|23502|23514");

    public DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
    }

    /** True where a row with this key exists already. */
    public boolean isDuplicate() {
        return "23505".equals(state());
    }

    /** True where the database refuses the values themselves: it would refuse them again. */
    public boolean isOfValues() {
        return state() != null && VALUES.matcher(state()).matches();
    }

    private String state() {
        return ((SQLException) getCause()).getSQLState();
    }
}
