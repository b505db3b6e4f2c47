package io.kiln.run;

import io.kiln.job.Placement;
import io.kiln.job.RunId;
import io.kiln.job.WorkFolders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a run leaves beside its output: its log, and the work folder of one that did not complete. */
@ApplicationScoped
public class RunRemains {
    private final Placements placements;
    private final RunLogs logs;

    /** For the container's proxy only. */
    protected RunRemains() {
        this(null, null);
    }

    @Inject
    public RunRemains(Placements placements, RunLogs logs) {
        this.placements = placements;
        this.logs = logs;
    }

    /** Why, of those of the runs that have to stay: they were about to replace an earlier output, and hold it. */
    Map<RunId, String> kept(Collection<RunId> runs) {
        Map<RunId, String> kept = new HashMap<>();
        folders(runs).forEach((run, folders) -> {
            for (Path folder : folders) {
                reasonToKeep(run, folder).ifPresent(reason -> kept.put(run, reason));
            }
        });
        return kept;
    }

    /** The folders that the runs may have worked in. */
    Map<RunId, Set<Path>> folders(Collection<RunId> runs) {
        Map<RunId, Set<Path>> folders = new HashMap<>();
        placements.of(runs).forEach((run, placement) -> folders.put(run, folders(placement)));
        return folders;
    }

    private static Set<Path> folders(Placement placement) {
        Path work = placement.workFolder();
        // the same one, unless the run works on scratch
        return new HashSet<>(List.of(work, placement.target().resolveSibling(work.getFileName())));
    }

    private static Optional<String> reasonToKeep(RunId run, Path folder) {
        try {
            return WorkFolders.reasonToKeep(run, folder);
        } catch (IOException e) {
            return Optional.of("cannot look into the work folder of run " + run + ": " + e);
        }
    }

    /** Deletes the log of a run that is deleted, and a folder that it has worked in. @return why the folder had to be left */
    Optional<String> delete(RunId run, Path folder) {
        logs.delete(run);
        return deleteWorkFolder(run, folder);
    }

    /** Deletes the work folder of a run that is to work elsewhere. @return why it had to be left */
    Optional<String> deleteWorkFolder(RunId run, Placement placement) {
        return deleteWorkFolder(run, placement.workFolder());
    }

    private static Optional<String> deleteWorkFolder(RunId run, Path folder) {
        try {
            WorkFolders.delete(run, folder);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot delete the work folder of run " + run + ": " + e);
        } catch (IllegalStateException e) {
            return Optional.of(e.getMessage());
        }
    }
}
