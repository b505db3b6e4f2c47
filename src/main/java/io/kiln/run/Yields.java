package io.kiln.run;

import io.kiln.event.AuditLog;
import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import io.kiln.target.TargetName;
import io.kiln.target.Targets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Gets devices for urgent runs that nothing else keeps waiting: asks runs of this node that are not urgent to give theirs away. A run that is asked stops
 * within a slab, goes back to its place in the queue, and goes on from its ledger when a device is free. Nobody is asked twice for the same urgent run,
 * and nobody where enough devices are free, or will be, or would still not be.
 */
@ApplicationScoped
@Transactional
public class Yields {
    /** Of PostgreSQL's advisory lock under which one node at a time asks. A lock of the urgent run's row would make claims pass it over. */
    private static final long LOCK = 0x6b69_6c6e_0001L;

    /** A run that has yielded is known by its reason, which says so. */
    static final String REASON = "yielded to urgent run ";

    /** Attempts, with the alias {@code yielding}, that were asked and are not over, beside their {@code run_yield}. */
    private static final String YIELDING = "run_yield join run yielding on yielding.id = run_yield.run"
            + " and yielding.attempt = run_yield.attempt and yielding.state = 'RUNNING'";

    private static final String YIELDING_DEVICES = "(select count(*) from device_lease join " + YIELDING
            + " on yielding.id = device_lease.run where run_yield.urgent = run.id";

    private static final String URGENT = "select run.id, run.batch, run.devices, run.queued_by,"
            + " coalesce(batch.max_devices, 1000000) as most,"
            + " (select count(*) from device_lease join run holder on holder.id = device_lease.run"
            + " where holder.batch = run.batch) as held, "
            + YIELDING_DEVICES + ") as yielding, "
            + YIELDING_DEVICES + " and yielding.batch = run.batch) as yielding_of_batch"
            + " from run join batch on batch.id = run.batch where run.state = 'QUEUED' and run.urgent"
            + " and run.target = any(?) and " + QueueReasons.READY_BUT_FOR_THE_CAP
            // another node gives, or can give, what it needs
            + " and not exists (select 1 from " + YIELDING + " where run_yield.urgent = run.id"
            + " and yielding.node <> ?)"
            + " order by run.priority desc, run.is_try desc, run.queue_order";

    /** A row where another node than the given one has enough free devices for a run that wants so many, 0 for all. */
    private static final String FREE_ELSEWHERE = "select 1 from node join device on device.node = node.name"
            + " left join device_lease on device_lease.node = device.node and device_lease.device = device.id"
            + " where node.name <> ? and " + QueueReasons.TAKES_RUNS + " and " + DeviceLeases.USABLE
            + " group by node.name having count(*) filter (where run is null) >= coalesce(nullif(?, 0), count(*))";

    private static final String CAN_YIELD = "select run.id, run.attempt,"
            + " (select count(*) from device_lease where device_lease.run = run.id) as devices from run"
            + " where run.state = 'RUNNING' and run.node = ? and run.boot = ? and not run.urgent"
            + " and run.stop_requested is null and (not ? or run.batch = ?)"
            + " and exists (select 1 from device_lease where device_lease.run = run.id)"
            + " and not exists (select 1 from run_yield where run_yield.run = run.id"
            + " and (run_yield.urgent = ? or run_yield.attempt = run.attempt))"
            + " order by run.priority, run.is_try,"
            + " (select count(*) from run_yield where run_yield.run = run.id), run.claimed_at desc";

    private final Sql sql;
    private final Targets targets;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected Yields() {
        this(null, null, null);
    }

    @Inject
    public Yields(Sql sql, Targets targets, AuditLog audit) {
        this.sql = sql;
        this.targets = targets;
        this.audit = audit;
    }

    /**
     * A run that is not to wait.
     *
     * @param devices how many it wants, 0 for all of a node
     * @param most how many devices its batch may hold
     * @param held how many its batch holds
     * @param yielding devices that runs of this node are about to give to it
     * @param yieldingOfBatch those among them that runs of its own batch hold
     */
    private record Urgent(
            RunId run,
            UUID batch,
            int devices,
            String queuedBy,
            int most,
            int held,
            int yielding,
            int yieldingOfBatch) {
        /** How many of a node's usable devices it wants. */
        int wanted(int usable) {
            return devices == 0 ? Math.min(usable, most) : devices;
        }

        /** How many devices its batch must give back before it may have as many as it wants; none where this is not positive. */
        int lackOfBatch(int wanted) {
            return wanted - (most - held) - yieldingOfBatch;
        }
    }

    /** A run that can wait, and how many devices it holds. */
    private record CanYield(Attempt attempt, int devices) {}

    /** The node's devices that may be used, and those of them that nobody holds. */
    private record Devices(int usable, int free) {}

    /** Called when the node can start nothing more. */
    void ask(Claimant claimant) {
        boolean somebodyWaits = sql.exists("select 1 from run where state = 'QUEUED' and urgent");
        if (somebodyWaits && sql.exists("select 1 where pg_try_advisory_xact_lock(?)", LOCK)) {
            urgent(claimant).forEach(urgent -> ask(claimant, urgent));
        }
    }

    private void ask(Claimant claimant, Urgent urgent) {
        Devices devices = devices(claimant);
        int wanted = urgent.wanted(devices.usable());
        int lackOfBatch = urgent.lackOfBatch(wanted);
        int lack = Math.max(wanted - devices.free() - urgent.yielding(), lackOfBatch);
        boolean comesElsewhere = lackOfBatch <= 0 && sql.exists(FREE_ELSEWHERE, claimant.node(), urgent.devices());
        if (lack <= 0 || wanted > devices.usable() || comesElsewhere) {
            return;
        }
        List<CanYield> asked = new ArrayList<>();
        for (CanYield run : canYield(claimant, urgent, lackOfBatch > 0)) {
            if (lack > 0) {
                asked.add(run);
                lack -= run.devices();
            }
        }
        if (lack <= 0) {
            asked.forEach(run -> ask(run.attempt(), urgent));
        }
    }

    private void ask(Attempt attempt, Urgent urgent) {
        sql.update(
                "with asked as (insert into run_yield (run, attempt, urgent) values (?, ?, ?) returning run)"
                        + " insert into event (kind, batch, item, run, attempt, state, reason)"
                        + " select 'run', batch, item, id, attempt, state, ? from run join asked on asked.run = run.id",
                attempt.run().value(),
                attempt.number(),
                urgent.run().value(),
                "asked to yield to urgent run " + urgent.run());
        audit.add(
                urgent.queuedBy(),
                "take device",
                attempt.run().toString(),
                Json.createObjectBuilder().add("for", urgent.run().toString()).build());
    }

    private List<Urgent> urgent(Claimant claimant) {
        return sql.list(
                row -> new Urgent(
                        RunId.parse(row.getString("id")),
                        row.getObject("batch", UUID.class),
                        row.getInt("devices"),
                        row.getString("queued_by"),
                        row.getInt("most"),
                        row.getInt("held"),
                        row.getInt("yielding"),
                        row.getInt("yielding_of_batch")),
                URGENT,
                targets.names().stream().map(TargetName::value).toArray(String[]::new),
                claimant.node());
    }

    /** Not locked: whoever takes one meanwhile only makes that one run is asked less or more. */
    private Devices devices(Claimant claimant) {
        return sql.first(
                        row -> new Devices(row.getInt("usable"), row.getInt("free")),
                        "select count(*) as usable, count(*) filter (where run is null) as free from device"
                                + " left join device_lease on device_lease.node = device.node"
                                + " and device_lease.device = device.id where device.node = ? and "
                                + DeviceLeases.USABLE,
                        claimant.node())
                .orElseThrow();
    }

    /** In the order in which they are asked: lowest priority, fulls before tries, those that yielded least, the newest. */
    private List<CanYield> canYield(Claimant claimant, Urgent urgent, boolean ofItsBatch) {
        return sql.list(
                row -> new CanYield(
                        new Attempt(RunId.parse(row.getString("id")), row.getInt("attempt")), row.getInt("devices")),
                CAN_YIELD,
                claimant.node(),
                claimant.boot(),
                ofItsBatch,
                urgent.batch(),
                urgent.run().value());
    }
}
