package io.kiln.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

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
     * @throws IllegalStateException when the database is newer than this version
     * @throws org.flywaydb.core.api.FlywayException when a migration was changed
     */
    public int migrate(Path folder) {
        Flyway flyway = flyway(folder);
        requireNoNewer(flyway.info().applied());
        return flyway.migrate().migrationsExecuted;
    }

    /** What an older version would write into tables that a newer one has changed, nobody has thought of. */
    private static void requireNoNewer(MigrationInfo[] applied) {
        Arrays.stream(applied)
                .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS
                        || migration.getState() == MigrationState.FUTURE_FAILED)
                .reduce((earlier, later) -> later)
                .ifPresent(newest -> {
                    throw new IllegalStateException(
                            "the database was last used by a newer version of Kiln: it has step "
                                    + newest.getVersion() + " (" + newest.getDescription()
                                    + "), which this version does not know. Start that version, or restore a backup of this one into an empty home");
                });
    }

    private Flyway flyway(Path folder) {
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
                .load();
    }
}
