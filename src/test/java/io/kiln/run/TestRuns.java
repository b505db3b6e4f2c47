package io.kiln.run;

import io.kiln.device.cuda.PermittedGpus;
import io.kiln.event.AuditLog;
import io.kiln.job.Attempt;
import io.kiln.job.DiskSpace;
import io.kiln.job.Placement;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import io.kiln.persistence.TestDatabase;
import io.kiln.settings.DeviceSettings;
import io.kiln.settings.HistoryDays;
import io.kiln.settings.Settings;
import io.kiln.target.Targets;
import io.kiln.target.server.ServerTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** A batch in an empty database, and the engine's parts put together as the server does. */
final class TestRuns {
    static final Claimant NODE = new Claimant("node-a", UUID.randomUUID());

    final TestDatabase database = TestDatabase.empty();
    final Sql sql = database.sql();
    final RunTransitions transitions = new RunTransitions(sql);
    final LiveAttempts live = new LiveAttempts();
    final DeviceLeases leases = new DeviceLeases(sql);
    final RunLedger ledger = new RunLedger(sql);
    final Requeue requeue = new Requeue(sql, transitions);
    final SecondRoot second;
    final Successors successors;
    final DiskHolds holds;
    final HeldRuns held;
    final AttemptEnd end;
    final RunClaims claims;
    final Yields yields;
    final AttemptLog log;
    final Admission admission = new Admission(sql, live);
    final OutsideStops outsideStops = new OutsideStops(sql, transitions);
    final Recovery recovery;
    final Placements placements;
    final RunLogs logs;
    private final UUID root = UUID.randomUUID();
    private UUID batch;
    private int items;

    TestRuns(Path folder) {
        this(folder, 0);
    }

    TestRuns(Path folder, long reserveBytes) {
        this(folder, reserveBytes, DiskSpace::freeBytes);
    }

    TestRuns(Path folder, long reserveBytes, FreeSpace.Probe probe) {
        this(folder, reserveBytes, probe, Optional.empty());
    }

    TestRuns(Path folder, long reserveBytes, FreeSpace.Probe probe, Optional<Path> scratch) {
        Settings settings = new Settings(
                folder,
                List.of(folder),
                folder,
                scratch,
                NODE.node(),
                new DeviceSettings(PermittedGpus.NONE, OptionalInt.of(1), 1, 64L << 20),
                reserveBytes,
                HistoryDays.STANDARD);
        FreeSpace space = new FreeSpace((name, body) -> new Thread(body, name), probe, Duration.ofMinutes(1));
        second = new SecondRoot(sql, space, new KeptResults(sql));
        placements = new Placements(sql, settings);
        successors = new Successors(sql, placements, new KeptResults(sql));
        logs = new RunLogs(settings);
        recovery = new Recovery(sql, transitions, requeue, leases, logs);
        holds = new DiskHolds(sql, transitions, ledger, placements, space, settings);
        held = new HeldRuns(holds, space, placements, second, new RunRemains(placements, logs), logs);
        end = new AttemptEnd(sql, transitions, requeue, leases, holds, live);
        Targets targets = new Targets(List.of(new ServerTarget()));
        claims = new RunClaims(sql, transitions, leases, holds, targets);
        log = new AttemptLog(sql, new RunLogs(settings));
        yields = new Yields(sql, targets, new AuditLog(sql));
        sql.update("insert into data_root (id, path, kind, version) values (?, ?, 'DATA', 0)", root, folder.toString());
        inAnotherBatch();
    }

    /** What is queued from now on is of a batch of its own. */
    TestRuns inAnotherBatch() {
        batch = UUID.randomUUID();
        items = 0;
        sql.update(
                "insert into batch (id, name, parameters, target, version, created_by)"
                        + " values (?, 'scans', '{}', 'server', 0, 'ada')",
                batch);
        return this;
    }

    /** The newest batch. */
    BatchId batch() {
        return new BatchId(batch);
    }

    /** The newest batch may hold so many devices at once. */
    TestRuns withMostDevices(int most) {
        sql.update("update batch set max_devices = ? where id = ?", most, batch);
        return this;
    }

    TestRuns withResultsRoot(Path folder) {
        sql.update(
                "insert into data_root (id, path, kind, version) values (?, ?, 'RESULTS', 0)",
                UUID.randomUUID(),
                folder.toString());
        return this;
    }

    TestRuns withNode(Claimant claimant, int devices) {
        sql.update("insert into node (name, boot) values (?, ?)", claimant.node(), claimant.boot());
        for (int device = 0; device < devices; device++) {
            sql.update(
                    "insert into device (node, id, title, memory_bytes) values (?, ?, 'processor', 1)",
                    claimant.node(),
                    "cpu" + device);
        }
        return this;
    }

    /** Completes the run: its result is a folder with its metadata. */
    void completed(RunId run) throws IOException {
        Path result = Files.createDirectories(placement(run).target());
        Files.writeString(result.resolve("recon.json"), "{\"run\": {\"id\": \"" + run + "\"}}");
        with(run, "state", "COMPLETED");
    }

    ItemId item() {
        ItemId item = ItemId.random();
        items++;
        sql.update(
                "insert into item (id, batch, position, name, input_root, input_path, parameters, comment, version)"
                        + " values (?, ?, ?, ?, ?, ?, '{}', '', 0)",
                item.value(),
                batch,
                items,
                "scan" + items,
                root,
                "scan" + items + ".h5");
        return item;
    }

    /** An item that comes after another one. */
    ItemId itemAfter(ItemId earlier) {
        ItemId item = item();
        sql.update("insert into item_after (item, earlier) values (?, ?)", item.value(), earlier.value());
        return item;
    }

    RunId queued() {
        return queued(item());
    }

    RunId queued(ItemId item) {
        RunId run = RunId.random();
        sql.update(
                "insert into run (id, batch, item, pipeline, is_try, state, parameters, significant, target, devices,"
                        + " priority, force, input_root, input_path, input_bytes, input_modified, output_root,"
                        + " output_area, output_folder, output_name, output_form, queued_by)"
                        + " values (?, ?, ?, 'full', false, 'QUEUED', '{}', '{}', 'server', 1, 0, false, ?, 'scan.h5', 1,"
                        + " now(), ?, 'INSIDE', 'rec', ?, 'FOLDER', 'ada')",
                run.value(),
                batch,
                item.value(),
                root,
                root,
                "out-" + run);
        return run;
    }

    /** The same, held as if its output had no room. */
    RunId held(RunId run) {
        holds.hold(run, new DiskHolds.Shortage(placement(run).outputFolder(), 1, "no room"));
        return run;
    }

    /** Sets a column of a run, for what only queueing decides. */
    RunId with(RunId run, String column, Object value) {
        sql.update("update run set " + column + " = ? where id = ?", value, run.value());
        return run;
    }

    /** Claims the next run, which must exist, and admits an execution to it. */
    Attempt begun(long executionId) {
        RunClaims.Outcome outcome = database.inTransaction(() -> claims.next(NODE));
        var order = ((RunClaims.Outcome.Claimed) outcome).order();
        return database.inTransaction(() -> admission
                .admit(order.attempt().run(), order.lease().toString(), executionId)
                .orElseThrow());
    }

    Optional<RunId> claimed(Claimant claimant) {
        return database.inTransaction(() -> claims.next(claimant)) instanceof RunClaims.Outcome.Claimed claimed
                ? Optional.of(claimed.order().attempt().run())
                : Optional.empty();
    }

    Placement placement(RunId run) {
        return placements.of(run);
    }

    RunState state(RunId run) {
        return sql.first(row -> RunState.valueOf(row.getString(1)), "select state from run where id = ?", run.value())
                .orElseThrow();
    }

    String reason(RunId run) {
        return sql.first(
                        row -> String.valueOf(row.getString(1)),
                        "select case when state = 'QUEUED' then " + QueueReasons.SENTENCE
                                + " else reason end from run where id = ?",
                        run.value())
                .orElseThrow();
    }

    void settle(Attempt attempt) {
        database.inTransaction(() -> {
            end.lost(attempt, "it ended without anybody asking for it");
            return null;
        });
    }
}
