package io.kiln.run;

import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import io.kiln.pipeline.Plan;
import io.kiln.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Runs that wait because a file system is full, with the reason. {@link HeldRuns} lets them go. */
@ApplicationScoped
@Transactional
public class DiskHolds {
    private final Sql sql;
    private final RunTransitions transitions;
    private final RunLedger ledger;
    private final Placements placements;
    private final FreeSpace space;
    private final long reserveBytes;

    /** For the container's proxy only. */
    protected DiskHolds() {
        this.sql = null;
        this.transitions = null;
        this.ledger = null;
        this.placements = null;
        this.space = null;
        this.reserveBytes = 0;
    }

    @Inject
    public DiskHolds(
            Sql sql,
            RunTransitions transitions,
            RunLedger ledger,
            Placements placements,
            FreeSpace space,
            Settings settings) {
        this.sql = sql;
        this.transitions = transitions;
        this.ledger = ledger;
        this.placements = placements;
        this.space = space;
        this.reserveBytes = settings.diskReserveBytes();
    }

    /** A run that is held. */
    record Held(RunId run, Path folder, long bytes) {}

    /** A folder without the space that a run needs. */
    record Shortage(Path folder, long bytes, String sentence) {}

    /** The attempt met a full disk, on the file system of this folder. */
    void hold(Attempt attempt, RunState from, Path folder, long neededBytes, String message) {
        long bytes = Math.max(neededBytes, needed(attempt.run()));
        transitions.hold(attempt, from, message, folder.toString(), bytes);
    }

    /** A queued run cannot start for want of space. */
    void hold(RunId run, Shortage shortage) {
        sql.update(
                "with held as (update run set reason = ?, hold_folder = ?, hold_bytes = ?"
                        + " where id = ? and state = 'QUEUED' returning id, batch, item, attempt, state, reason)"
                        + " insert into event (kind, batch, item, run, attempt, state, reason)"
                        + " select 'run', batch, item, id, attempt, state, reason from held",
                shortage.sentence(),
                shortage.folder().toString(),
                shortage.bytes(),
                run.value());
    }

    /** What the run still has to write does not fit where it works or where its output goes. */
    Optional<Shortage> shortage(RunId run) {
        long bytes = needed(run);
        var placement = placements.of(run);
        for (Path folder : List.of(placement.workFolder().getParent(), placement.outputFolder())) {
            Optional<Long> free = space.bytes(folder);
            if (free.isPresent() && free.get() < bytes) {
                return Optional.of(new Shortage(
                        folder,
                        bytes,
                        "waiting for disk space: " + folder + " has " + (free.get() >> 20) + " MiB free and needs "
                                + ((bytes >> 20) + 1) + " MiB"));
            }
        }
        return Optional.empty();
    }

    /** Those that wait. */
    List<Held> held() {
        return sql.list(
                row -> new Held(
                        RunId.parse(row.getString("id")),
                        Path.of(row.getString("hold_folder")),
                        row.getLong("hold_bytes")),
                "select id, hold_folder, hold_bytes from run where state = 'QUEUED' and hold_folder is not null"
                        + " order by queue_order");
    }

    /** The run waits for space no more. */
    void release(RunId run, String why) {
        sql.update(
                "with freed as (update run set reason = null, hold_folder = null, hold_bytes = null"
                        + " where id = ? and state = 'QUEUED' and hold_folder is not null"
                        + " returning id, batch, item, attempt, state)"
                        + " insert into event (kind, batch, item, run, attempt, state, reason)"
                        + " select 'run', batch, item, id, attempt, state, ? from freed",
                run.value(),
                why);
    }

    private long needed(RunId run) {
        return reserveBytes + ledger.plan(run).map(plan -> remaining(run, plan)).orElse(0L);
    }

    private long remaining(RunId run, Plan plan) {
        long settled = sql.first(
                        row -> row.getLong(1),
                        "select coalesce(sum(to_unit - from_unit), 0) from ledger where run = ?",
                        run.value())
                .orElse(0L);
        return Math.round((double) plan.outputBytes() * (plan.units() - settled) / plan.units());
    }
}
