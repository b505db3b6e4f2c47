package io.kiln.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the database to this version's shape. Nodes that start at once wait for each other. */
@ApplicationScoped
public class Migration {
    private final DataSource dataSource;

    /** For the container's proxy only. */
    protected Migration() {
        this(null);
    }

    @Inject
    public Migration(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Applies the migrations that are missing, and says how many.
     *
     * @param folder with the numbered migrations
     * @throws org.flywaydb.core.api.FlywayException when the database is newer than this version, or a migration was changed
     */
    public int migrate(Path folder) {
        return Flyway.configure(Migration.class.getClassLoader())
                // why: changing a large table may take longer than the server otherwise waits for its database
                .dataSource(new PatientDataSource(dataSource))
                .locations("filesystem:" + folder)
                .failOnMissingLocations(true)
                // why: the batch runtime may have made its own tables before; the first migration leaves them as they
                // are
                .baselineOnMigrate(true)
                .baselineVersion("0")
                // why: that these tables are there already is no news
                .initSql("set client_min_messages = warning")
                .load()
                .migrate()
                .migrationsExecuted;
    }
}
