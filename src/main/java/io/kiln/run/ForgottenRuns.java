package io.kiln.run;

import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Logger;

/**
 * Deletes what runs have left that are deleted themselves. Not transactional: files are deleted when it is certain that their run is gone, and nobody waits for
 * them. Several nodes may do it at once.
 */
@ApplicationScoped
public class ForgottenRuns {
    private static final Logger LOG = Logger.getLogger(ForgottenRuns.class.getName());

    private final Sql sql;
    private final RunRemains remains;

    /** For the container's proxy only. */
    protected ForgottenRuns() {
        this(null, null);
    }

    @Inject
    public ForgottenRuns(Sql sql, RunRemains remains) {
        this.sql = sql;
        this.remains = remains;
    }

    /** A folder that may still be there. */
    private record Left(RunId run, Path folder) {}

    /** Notes where the runs have worked, in the transaction that deletes them. */
    void add(Collection<RunId> runs) {
        List<UUID> ids = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        remains.folders(runs)
                .forEach((run, all) -> all.forEach(folder -> {
                    ids.add(run.value());
                    folders.add(folder.toString());
                }));
        sql.update(
                "insert into forgotten_work_folder (run, folder) select * from unnest(?, ?)",
                ids.toArray(UUID[]::new),
                folders.toArray(String[]::new));
    }

    /** Deletes what was noted; what cannot be deleted is tried again a day later, as is what a process has died over. */
    void clear() {
        for (Optional<Left> next = next(); next.isPresent(); next = next()) {
            clear(next.get());
        }
    }

    private Optional<Left> next() {
        return sql.first(
                row -> new Left(RunId.parse(row.getString("run")), Path.of(row.getString("folder"))),
                "update forgotten_work_folder set tried_at = clock_timestamp() where (run, folder) in"
                        + " (select run, folder from forgotten_work_folder where tried_at is null"
                        + " or tried_at < clock_timestamp() - interval '1 day' limit 1 for update skip locked)"
                        + " returning run, folder");
    }

    private void clear(Left left) {
        Optional<String> reason = remains.delete(left.run(), left.folder());
        if (reason.isPresent()) {
            LOG.warning(() -> reason.get() + "; the run is deleted, and the folder is tried again tomorrow");
            return;
        }
        sql.update(
                "delete from forgotten_work_folder where run = ? and folder = ?",
                left.run().value(),
                left.folder().toString());
    }
}
