package io.kiln.run;

import io.kiln.job.Placement;
import io.kiln.job.RunId;
import io.kiln.job.StrayWorkFolder;
import io.kiln.job.WorkFolders;
import io.kiln.persistence.Sql;
import io.kiln.pipeline.InputRejectedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** What a run leaves beside its output: its log, and the work folder of one that did not complete. */
@ApplicationScoped
public class RunRemains {
    private final Sql sql;
    private final Placements placements;
    private final RunLogs logs;

    /** For the container's proxy only. */
    protected RunRemains() {
        this(null, null, null);
    }

    @Inject
    public RunRemains(Sql sql, Placements placements, RunLogs logs) {
        this.sql = sql;
        this.placements = placements;
        this.logs = logs;
    }

    /** Deletes what the runs of a batch or item have left; none of them is active. */
    void deleteOf(String owner, UUID id) {
        sql.list(row -> RunId.parse(row.getString(1)), "select id from run where " + owner + " = ?", id)
                .forEach(this::delete);
    }

    /** @throws InputRejectedException when the work folder holds an earlier output that the run was about to replace */
    void delete(RunId run) {
        Placement placement = placements.of(run);
        List<Path> folders =
                List.of(placement.workFolder().getParent(), placement.target().getParent());
        try {
            for (StrayWorkFolder stray :
                    WorkFolders.strays(folders.stream().distinct().toList(), run::equals)) {
                WorkFolders.delete(stray);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the work folder of run " + run + ": " + e.getMessage(), e);
        } catch (IllegalStateException e) {
            throw new InputRejectedException(e.getMessage(), e);
        }
        logs.delete(run);
    }
}
