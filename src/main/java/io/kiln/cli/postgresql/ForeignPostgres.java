package io.kiln.cli.postgresql;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * What a PostgreSQL of the operator's own says of itself, asked before anything is built on it.
 *
 * @param version major version
 * @param encoding of the database's texts
 * @param standby whether it only follows another server
 * @param maySchema whether Kiln's role may make schemas, as a restore does
 * @param mayTable whether Kiln's role may make tables
 */
public record ForeignPostgres(int version, String encoding, boolean standby, boolean maySchema, boolean mayTable) {
    /** Since 15 the schema public belongs to the database's owner, who may replace it: a restore does. */
    static final int LEAST_VERSION = 15;

    private static final String QUESTIONS = "select current_setting('server_encoding'), pg_is_in_recovery(),"
            + " has_database_privilege(current_database(), 'CREATE'),"
            + " coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)";

    /**
     * Connects to a database and asks.
     *
     * @throws CommandFailure when it cannot be reached or does not let Kiln's role in
     */
    static ForeignPostgres ask(Database database) {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUESTIONS)) {
            row.next();
            return new ForeignPostgres(
                    connection.getMetaData().getDatabaseMajorVersion(),
                    row.getString(1),
                    row.getBoolean(2),
                    row.getBoolean(3),
                    row.getBoolean(4));
        } catch (SQLException e) {
            throw new CommandFailure(
                    "Cannot reach the database " + database + ": " + e.getMessage()
                            + " Look at KILN_DB_URL, KILN_DB_USER and KILN_DB_PASSWORD_FILE.",
                    e);
        }
    }

    /**
     * Returns the database when Kiln can keep its tables there.
     *
     * @throws CommandFailure when it cannot: what is in the way, and what to do about it
     */
    public static Database require(Database database) {
        ask(database).obstacle().ifPresent(obstacle -> {
            throw new CommandFailure("Kiln cannot use the database " + database + ": " + obstacle);
        });
        return database;
    }

    /** What is in Kiln's way, and what to do about it; empty when nothing is. */
    Optional<String> obstacle() {
        if (version < LEAST_VERSION) {
            return Optional.of("it is PostgreSQL " + version + "; Kiln needs " + LEAST_VERSION + " or newer.");
        }
        if (!encoding.equals("UTF8")) {
            return Optional.of("its encoding is " + encoding
                    + ", which cannot hold every file name: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.");
        }
        if (standby) {
            return Optional.of("it is a standby, which cannot be written to: name the primary server.");
        }
        if (!maySchema || !mayTable) {
            return Optional.of("the role may not make its tables: ALTER DATABASE … OWNER TO this role.");
        }
        return Optional.empty();
    }
}
