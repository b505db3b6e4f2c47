package io.kiln.integration;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.batch.runtime.BatchRuntime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
@Order(1)
class ServerIT {
    @Resource(lookup = "java:jboss/datasources/KilnDS")
    private DataSource database;

    @Deployment
    static WebArchive application() {
        return KilnDeployment.with(ServerIT.class);
    }

    @Test
    void theDatasourceReachesARealPostgreSqlThatKeepsWhatItConfirms() throws SQLException {
        assertThat(query("SELECT version()")).startsWith("PostgreSQL 18");
        assertThat(query("SHOW fsync")).isEqualTo("on");
        assertThat(query("SHOW data_checksums")).isEqualTo("on");
        assertThat(query("SHOW listen_addresses")).isEqualTo("127.0.0.1");
    }

    @Test
    void jobsAreKeptInTheSameDatabase() throws SQLException {
        BatchRuntime.getJobOperator();
        assertThat(query("SELECT count(*) FROM information_schema.tables WHERE table_name = 'job_execution'"))
                .isEqualTo("1");
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
