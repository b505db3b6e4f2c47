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
    @Test
    void aMigrationMayTakeLongerThanTheServerWaitsForItsDatabase(@TempDir Path folder) throws IOException {
        TestDatabase.empty().sql().update("drop schema if exists migrated cascade; create schema migrated");
        PGSimpleDataSource impatient = impatient(new PGSimpleDataSource());
        impatient.setCurrentSchema("migrated");
        String slow = "select pg_sleep(2)";
        Files.writeString(folder.resolve("V001__slow.sql"), slow);

        assertThatThrownBy(() -> new Sql(impatient).exists(slow)).isInstanceOf(DatabaseException.class);
        assertThat(new Migration(impatient).migrate(folder)).isEqualTo(1);
    }

    @Test
    void aConnectionThatIsGivenBackIsAsImpatientAsBefore() throws SQLException {
        PooledConnection pooled = impatient(new PGConnectionPoolDataSource()).getPooledConnection();
        try {
            try (Connection patient = PatientDataSource.patient(pooled.getConnection())) {
                assertThat(patient.getNetworkTimeout()).isZero();
            }
            assertThat(pooled.getConnection().getNetworkTimeout()).isEqualTo(1000);
        } finally {
            pooled.close();
        }
    }

    private static <T extends BaseDataSource> T impatient(T source) {
        Database address = TestDatabase.address();
        source.setUrl(address.url());
        source.setUser(address.user());
        source.setPassword(address.password());
        source.setSocketTimeout(1);
        return source;
    }
}
