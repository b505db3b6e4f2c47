package io.kiln.run;

import io.kiln.job.Placement;
import io.kiln.job.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets runs go that wait for disk space: where there is some again, or to a results root. Not transactional: files are deleted when it is certain that their run has left them. */
@ApplicationScoped
public class HeldRuns {
    private final DiskHolds holds;
    private final FreeSpace space;
    private final Placements placements;
    private final SecondRoot second;
    private final RunRemains remains;
    private final RunLogs logs;

    /** For the container's proxy only. */
    protected HeldRuns() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public HeldRuns(
            DiskHolds holds,
            FreeSpace space,
            Placements placements,
            SecondRoot second,
            RunRemains remains,
            RunLogs logs) {
        this.holds = holds;
        this.space = space;
        this.placements = placements;
        this.second = second;
        this.remains = remains;
        this.logs = logs;
    }

    /** Looks at each of them. File systems may take their time to answer; one that does not, is not full. */
    void release() {
        List<DiskHolds.Held> all = holds.held();
        Map<RunId, Placement> places =
                placements.of(all.stream().map(DiskHolds.Held::run).toList());
        Map<Path, Optional<Long>> freeByFolder = new HashMap<>();
        // one that was deleted meanwhile has no place
        all.stream()
                .filter(held -> places.containsKey(held.run()))
                .forEach(held -> release(held, places.get(held.run()), freeByFolder));
    }

    private void release(DiskHolds.Held held, Placement placement, Map<Path, Optional<Long>> freeByFolder) {
        boolean isOfOutput = held.folder().startsWith(placement.outputFolder());
        // a folder that many runs share, so that a file system is asked once for all of them
        Path asked =
                isOfOutput ? placement.outputFolder() : placement.workFolder().getParent();
        Optional<Long> free = freeByFolder.computeIfAbsent(asked, space::bytes);
        if (free.isEmpty()) {
            return;
        }
        if (free.get() >= held.bytes()) {
            holds.release(held.run(), "there is disk space again");
        } else if (isOfOutput && second.take(held.run(), held.bytes())) {
            moved(held.run(), placement, placements.of(held.run()));
        }
    }

    private void moved(RunId run, Placement before, Placement now) {
        logs.append(
                run,
                "its output goes to " + now.outputFolder() + ": there is no room for it in " + before.outputFolder());
        // on a scratch folder it works where it has worked before
        if (!now.workFolder().equals(before.workFolder())) {
            remains.deleteWorkFolder(run, before).ifPresent(reason -> logs.append(run, reason));
        }
    }
}
