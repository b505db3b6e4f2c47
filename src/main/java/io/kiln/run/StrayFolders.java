package io.kiln.run;

import io.kiln.job.RunId;
import io.kiln.job.StrayWorkFolder;
import io.kiln.job.WorkFolders;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.logging.Logger;

/** Removes work folders that nobody needs any more: what a run left that is completed, or that this Kiln has forgotten. */
@ApplicationScoped
public class StrayFolders {
    private static final Duration AGE = Duration.ofDays(1);
    private static final Logger LOG = Logger.getLogger(StrayFolders.class.getName());

    private final Sql sql;
    private final Placements placements;
    private final Identity identity;

    /** For the container's proxy only. */
    protected StrayFolders() {
        this(null, null, null);
    }

    @Inject
    public StrayFolders(Sql sql, Placements placements, Identity identity) {
        this.sql = sql;
        this.placements = placements;
        this.identity = identity;
    }

    /** What becomes of a run, for the sake of its work folder. */
    private enum Standing {
        /** it goes on, or may be restarted, or has only just ended */
        NEEDED,
        OVER,
        UNKNOWN
    }

    /** Looks at every place where runs of this database have worked. Files are left alone that an earlier output is among. */
    public void remove() {
        String ours = identity.get().toString();
        try {
            List<StrayWorkFolder> strays =
                    WorkFolders.strays(placements.workPlaces(), run -> standing(run) != Standing.NEEDED);
            strays.stream().filter(stray -> isNobodys(stray, ours)).forEach(StrayFolders::remove);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for stray work folders: " + e.getMessage(), e);
        }
    }

    /** A FAILED or STOPPED run goes on from its work folder when it is restarted. */
    private Standing standing(RunId run) {
        return sql.first(
                        row -> row.getBoolean(1) ? Standing.OVER : Standing.NEEDED,
                        "select state in ('COMPLETED', 'SKIPPED') and ended_at < clock_timestamp() - interval '"
                                + AGE.toSeconds() + " seconds' from run where id = ?",
                        run.value())
                .orElse(Standing.UNKNOWN);
    }

    /** A run that is not known here may be one of another Kiln that works on the same files. */
    private boolean isNobodys(StrayWorkFolder stray, String ours) {
        if (standing(stray.run()) == Standing.OVER) {
            return true;
        }
        boolean isOld = stray.lastChanged().isBefore(Instant.now().minus(AGE));
        if (isOld && stray.owner().filter(ours::equals).isEmpty()) {
            LOG.info(() -> stray.folder() + " belongs to no run of this Kiln and is left alone: "
                    + "delete it if no other one needs it");
        }
        return isOld && stray.owner().filter(ours::equals).isPresent();
    }

    private static void remove(StrayWorkFolder stray) {
        Path folder = stray.folder();
        if (stray.holdsReplacedOutput()) {
            LOG.warning(() -> folder + " holds an output that run " + stray.run()
                    + " was about to replace: move it away, then delete the folder");
            return;
        }
        try {
            WorkFolders.delete(stray);
            LOG.info(() -> "removed the work folder " + folder + ", which nobody needed any more: "
                    + (stray.bytes() >> 20) + " MiB");
        } catch (IOException e) {
            LOG.warning(() -> "the work folder " + folder + " cannot be removed: " + e.getMessage());
        }
    }
}
