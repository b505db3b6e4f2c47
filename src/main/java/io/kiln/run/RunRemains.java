package io.kiln.run;

import io.kiln.job.Placement;
import io.kiln.job.RunId;
import io.kiln.job.StrayWorkFolder;
import io.kiln.job.WorkFolders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    /**
     * Deletes what the runs have left; none of them is active.
     *
     * @return why, of those that something had to be left of: a work folder that cannot be deleted, or that holds an earlier output that the run was about to
     *     replace
     */
    Map<RunId, String> delete(Collection<RunId> runs) {
        Map<RunId, String> left = new HashMap<>();
        workPlaces(runs).forEach((folder, those) -> left.putAll(deleteWorkFolders(folder, those)));
        runs.stream().filter(run -> !left.containsKey(run)).forEach(logs::delete);
        return left;
    }

    /** Deletes the work folder of a run that is to work elsewhere. @return why it had to be left */
    Optional<String> deleteWorkFolder(RunId run, Placement placement) {
        return Optional.ofNullable(deleteWorkFolders(placement.workFolder().getParent(), Set.of(run))
                .get(run));
    }

    /** The folders in which the runs' work folders may be, and of which runs: each is listed once. */
    private Map<Path, Set<RunId>> workPlaces(Collection<RunId> runs) {
        Map<Path, Set<RunId>> places = new HashMap<>();
        placements
                .of(runs)
                .forEach((run, placement) -> Stream.of(placement.workFolder(), placement.target())
                        .forEach(path -> places.computeIfAbsent(path.getParent(), folder -> new HashSet<>())
                                .add(run)));
        return places;
    }

    private static Map<RunId, String> deleteWorkFolders(Path folder, Set<RunId> runs) {
        Map<RunId, String> left = new HashMap<>();
        try {
            for (StrayWorkFolder stray : WorkFolders.strays(List.of(folder), runs::contains)) {
                delete(stray).ifPresent(reason -> left.put(stray.run(), reason));
            }
        } catch (IOException | UncheckedIOException e) {
            runs.forEach(run -> left.put(run, "cannot look for work folders in " + folder + ": " + e));
        }
        return left;
    }

    private static Optional<String> delete(StrayWorkFolder stray) {
        try {
            WorkFolders.delete(stray);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot delete the work folder of run " + stray.run() + ": " + e);
        } catch (IllegalStateException e) {
            return Optional.of(e.getMessage());
        }
    }
}
