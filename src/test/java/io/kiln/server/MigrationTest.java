package io.kiln.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.cli.home.Database;
import io.kiln.persistence.DatabaseException;
import io.kiln.persistence.Sql;
import io.kiln.persistence.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.PooledConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ds.common.BaseDataSource;

class MigrationTest {
    private static final int IMPATIENT_MILLIS = 1000;

    @Test
    void aMigrationMayTakeLongerThanTheServerWaitsForItsDatabase(@TempDir Path folder) throws IOException {
        TestDatabase.empty().sql().update("drop schema if exists migrated cascade; create schema migrated");
        PGSimpleDataSource impatient = reaching(new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return impatient(super.getConnection());
            }
        });
        impatient.setCurrentSchema("migrated");
        String slow = "select pg_sleep(2)";
        Files.writeString(folder.resolve("V001__slow.sql"), slow);

        assertThatThrownBy(() -> new Sql(impatient).exists(slow)).isInstanceOf(DatabaseException.class);
        assertThat(new Migration(impatient).migrate(folder)).isEqualTo(1);
    }

    @Test
    void aDatabaseThatANewerVersionHasUsedIsRefused(@TempDir Path folder) throws IOException {
        TestDatabase.empty().sql().update("drop schema if exists newer cascade; create schema newer");
        PGSimpleDataSource source = reaching(new PGSimpleDataSource());
        source.setCurrentSchema("newer");
        Files.writeString(folder.resolve("V001__old.sql"), "create table old (id integer)");
        Path newer = Files.writeString(folder.resolve("V002__new_tables.sql"), "create table new (id integer)");
        assertThat(new Migration(source).migrate(folder)).isEqualTo(2);
        Files.delete(newer);

        assertThatThrownBy(() -> new Migration(source).migrate(folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("newer version of Kiln: it has step 002 (new tables)");
    }

    @Test
    void aConnectionThatIsGivenBackIsAsImpatientAsBefore() throws SQLException {
        PooledConnection pooled = reaching(new PGConnectionPoolDataSource()).getPooledConnection();
        try {
            try (Connection patient = PatientDataSource.patient(impatient(pooled.getConnection()))) {
                assertThat(patient.getNetworkTimeout()).isZero();
            }
            assertThat(pooled.getConnection().getNetworkTimeout()).isEqualTo(IMPATIENT_MILLIS);
        } finally {
            pooled.close();
        }
    }

    private static <T extends BaseDataSource> T reaching(T source) {
        Database address = TestDatabase.address();
        source.setUrl(address.url());
        source.setUser(address.user());
        source.setPassword(address.password());
        return source;
    }

    /** Only now: to sign in may take a busy machine longer. */
    private static Connection impatient(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, IMPATIENT_MILLIS);
        return connection;
    }
}
