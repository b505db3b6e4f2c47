package io.kiln.run;

import io.kiln.job.Placement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;

/** Lets runs go that wait for disk space: where there is some again, or to a results root. Not transactional: files are deleted once the run has left them. */
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

    /** Looks at each of them. File systems may take their time to answer. */
    void release() {
        for (DiskHolds.Held held : holds.held()) {
            if (space.has(held.folder(), held.bytes())) {
                holds.release(held.run(), "there is disk space again");
            } else {
                releaseElsewhere(held);
            }
        }
    }

    private void releaseElsewhere(DiskHolds.Held held) {
        Placement before = placements.of(held.run());
        // why: a scratch folder that is full stays the run's
        if (held.folder().startsWith(before.outputFolder()) && second.take(held.run(), held.bytes())) {
            Path now = placements.of(held.run()).outputFolder();
            logs.append(
                    held.run(), "its output goes to " + now + ": there is no room for it in " + before.outputFolder());
            Optional<String> left = remains.deleteWorkFolder(held.run(), before);
            left.ifPresent(reason -> logs.append(held.run(), reason));
            holds.release(held.run(), "its output goes to " + now);
        }
    }
}
