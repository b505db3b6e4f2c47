package io.kiln.run;

import io.kiln.access.CurrentRequester;
import io.kiln.access.NotYoursException;
import io.kiln.access.Requester;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Whose batches are. A shared batch is changed by everybody whose role allows it, another one only by who made it, and by administrators; the same holds for
 * its items and runs. What the server does by itself is nobody's request, and allowed.
 */
@ApplicationScoped
public class Ownership {
    private static final String OF_BATCH = "select name, created_by, shared from batch where id = ?";
    private static final String OF_RUN =
            "select batch.name, created_by, shared from batch join run on run.batch = batch.id where run.id = ?";

    private final Sql sql;
    private final CurrentRequester current;

    /** For the container's proxy only. */
    protected Ownership() {
        this(null, null);
    }

    @Inject
    public Ownership(Sql sql, CurrentRequester current) {
        this.sql = sql;
        this.current = current;
    }

    private record Owned(String name, String owner, boolean isShared) {
        static Owned read(ResultSet row) throws SQLException {
            return new Owned(row.getString("name"), row.getString("created_by"), row.getBoolean("shared"));
        }

        void requireOwner(Requester who) {
            if (!who.mayChangeWhatIsOf(owner)) {
                throw new NotYoursException("batch '" + name + "'", owner);
            }
        }
    }

    /** @throws NotYoursException when the batch is somebody else's alone; a batch that is not there is nobody's */
    public void requireMayChange(BatchId batch) {
        require(OF_BATCH, batch.value(), false);
    }

    /** @throws NotYoursException when the run is of a batch that is somebody else's alone */
    public void requireMayChange(RunId run) {
        require(OF_RUN, run.value(), false);
    }

    /** @throws NotYoursException when the batch is somebody else's, shared or not */
    public void requireOwner(BatchId batch) {
        require(OF_BATCH, batch.value(), true);
    }

    /**
     * Whether who asks may change what is in a batch.
     *
     * @param owner who made it
     */
    public boolean mayChange(String owner, boolean isShared) {
        return isShared
                || current.get().map(who -> who.mayChangeWhatIsOf(owner)).orElse(true);
    }

    private void require(String query, Object id, boolean asOwner) {
        current.get()
                .ifPresent(who -> sql.first(Owned::read, query, id)
                        .filter(owned -> asOwner || !owned.isShared())
                        .ifPresent(owned -> owned.requireOwner(who)));
    }
}
