package io.kiln.persistence;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.kiln.cli.home.Database;
import io.kiln.cli.postgresql.EmbeddedPostgres;
import io.kiln.server.Migration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/**
 * A real, migrated PostgreSQL for tests without a server, one for all tests of a JVM. Its data source joins {@link #inTransaction} of the calling thread,
 * as the server's joins the transaction of a bean.
 */
public final class TestDatabase {
    private static TestDatabase shared;

    private final Database address;
    private final DataSource direct;
    private final DataSource joining;
    private final ThreadLocal<Connection> bound = new ThreadLocal<>();

    private TestDatabase(Database address, DataSource direct) {
        this.address = address;
        this.direct = direct;
        this.joining = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection") && bound.get() != null) {
                        return unclosable(bound.get());
                    }
                    return method.invoke(direct, arguments);
                });
    }

    /** The database, empty. */
    public static synchronized TestDatabase empty() {
        // why: truncating takes longer than deleting a few rows, but nobody may delete from the audit
        Sql sql = shared().sql();
        for (String table : List.of(
                "batch", "run_request", "data_root", "node", "event", "job_instance", "forgotten_work_folder")) {
            sql.update("delete from " + table);
        }
        sql.update("truncate audit");
        return shared;
    }

    /** How it is reached. */
    public static Database address() {
        return shared().address;
    }

    private static synchronized TestDatabase shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    private static TestDatabase start() {
        // why: test classes run in two processes at once
        Path folder = Path.of(System.getProperty("kiln.test.postgresql", "target/test-postgresql"))
                .toAbsolutePath();
        EmbeddedPostgres postgres = new EmbeddedPostgres(folder);
        try {
            Database address = postgres.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres)));
            TestDatabase database = new TestDatabase(address, pool(address));
            // why: a run of the tests before may have had other migrations
            database.sql().update("drop schema public cascade; create schema public");
            new Migration(database.direct).migrate(Path.of("db"));
            vacuumOnlyNow(address, folder);
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** While PostgreSQL analyses a table by itself, events wait for that transaction, and a test that reads at once misses them. */
    private static void vacuumOnlyNow(Database address, Path folder) throws IOException {
        String password = Files.readString(folder.resolve("superuser-password")).strip();
        try (Connection connection = DriverManager.getConnection(address.url(), "postgres", password);
                Statement statement = connection.createStatement()) {
            statement.execute("alter system set autovacuum = off");
            statement.execute("select pg_reload_conf()");
            await().atMost(Duration.ofMinutes(5)).until(() -> !isAutovacuumAtWork(statement));
            statement.execute("vacuum");
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static boolean isAutovacuumAtWork(Statement statement) throws SQLException {
        try (ResultSet found =
                statement.executeQuery("select 1 from pg_stat_activity where backend_type like 'autovacuum%'")) {
            return found.next();
        }
    }

    /** As in the server: to sign in takes longer than most statements. */
    private static DataSource pool(Database address) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(address.url());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        pool.setMinimumIdle(0);
        return new HikariDataSource(pool);
    }

    private static void stop(EmbeddedPostgres postgres) {
        try {
            postgres.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Sql sql() {
        return new Sql(joining);
    }

    public DataSource dataSource() {
        return joining;
    }

    /** Runs the body in one transaction, which is rolled back when the body fails. */
    public <T> T inTransaction(Callable<T> body) {
        try (Connection connection = direct.getConnection()) {
            connection.setAutoCommit(false);
            bound.set(connection);
            try {
                T result = body.call();
                connection.commit();
                return result;
            } catch (Exception e) {
                connection.rollback();
                throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
            } finally {
                bound.remove();
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static Connection unclosable(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                TestDatabase.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
