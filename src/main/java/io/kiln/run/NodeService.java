package io.kiln.run;

import io.kiln.device.Device;
import io.kiln.device.DeviceId;
import io.kiln.event.AuditLog;
import io.kiln.event.EventFeed;
import io.kiln.persistence.Sql;
import io.kiln.persistence.UnknownIdException;
import io.kiln.settings.Durations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** The server nodes: who lives, who takes runs, which devices they have. */
@ApplicationScoped
@Transactional
public class NodeService {
    static final String ALIVE =
            "heartbeat_at > clock_timestamp() - interval '" + Durations.LEASE.toSeconds() + " seconds'";

    private final Sql sql;
    private final DeviceLeases leases;
    private final EventFeed events;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected NodeService() {
        this(null, null, null, null);
    }

    @Inject
    public NodeService(Sql sql, DeviceLeases leases, EventFeed events, AuditLog audit) {
        this.sql = sql;
        this.leases = leases;
        this.events = events;
        this.audit = audit;
    }

    /** The node has started: it takes the place of the process that had its name before, and it has these devices. */
    void register(Claimant claimant, List<Device> devices) {
        sql.update(
                "insert into node (name, boot) values (?, ?) on conflict (name) do update set boot = excluded.boot,"
                        + " started_at = clock_timestamp(), heartbeat_at = clock_timestamp(), draining = false",
                claimant.node(),
                claimant.boot());
        sql.update("delete from device_lease where node = ?", claimant.node());
        // what an operator is to release stays so
        sql.update(
                "delete from device where node = ? and (coalesce(quarantined_until, '-infinity') < 'infinity'"
                        + " or id <> all (?))",
                claimant.node(),
                devices.stream().map(device -> device.id().value()).toArray(String[]::new));
        for (Device device : devices) {
            sql.update(
                    "insert into device (node, id, title, memory_bytes) values (?, ?, ?, ?) on conflict (node, id)"
                            + " do update set title = excluded.title, memory_bytes = excluded.memory_bytes",
                    claimant.node(),
                    device.id().value(),
                    device.title(),
                    device.memoryBytes());
        }
        events.add("node", null, null, "node " + claimant.node() + " has started");
    }

    /** Beats and renews the node's leases; false when another process has taken the node's name. */
    boolean beat(Claimant claimant) {
        boolean ours = sql.update(
                        "update node set heartbeat_at = clock_timestamp() where name = ? and boot = ?",
                        claimant.node(),
                        claimant.boot())
                == 1;
        if (ours) {
            leases.renew(claimant.node());
        }
        return ours;
    }

    boolean takesRuns(Claimant claimant) {
        return sql.exists(
                "select 1 from node where name = ? and boot = ? and not draining", claimant.node(), claimant.boot());
    }

    boolean isDraining(Claimant claimant) {
        return sql.exists("select 1 from node where name = ? and draining", claimant.node());
    }

    /**
     * The node takes no more runs; those it has stop within a slab and go back to the queue.
     *
     * @throws UnknownIdException when there is no such node
     */
    public void drain(String node, String who) {
        setDraining(node, true, who);
    }

    /** The process goes down: as {@link #drain}, unless another one has taken the node's name since. */
    void goDown(Claimant claimant) {
        boolean ours = sql.update(
                        "update node set draining = true, goes_down_at = clock_timestamp() where name = ? and boot = ?",
                        claimant.node(),
                        claimant.boot())
                == 1;
        if (ours) {
            told(claimant.node(), true, "the server, which stops");
        }
    }

    /** The node takes runs again. A start does the same. */
    public void resume(String node, String who) {
        setDraining(node, false, who);
    }

    private void setDraining(String node, boolean draining, String who) {
        if (sql.update("update node set draining = ? where name = ?", draining, node) == 0) {
            throw new UnknownIdException("node", node);
        }
        told(node, draining, who);
    }

    private void told(String node, boolean draining, String who) {
        events.add("node", null, null, "node " + node + (draining ? " drains" : " takes runs again"));
        audit.add(who, draining ? "drain node" : "resume node", node, JsonValue.EMPTY_JSON_OBJECT);
    }

    /**
     * A device that was left alone is used again; nothing changes where it is used.
     *
     * @throws UnknownIdException when the node has no such device
     */
    public void releaseDevice(String node, String device, String who) {
        if (!sql.exists("select 1 from device where node = ? and id = ?", node, device)) {
            throw new UnknownIdException("device", node + "/" + device);
        }
        if (leases.endQuarantine(node, new DeviceId(device))) {
            events.add("node", null, null, "device " + device + " of node " + node + " is used again");
            audit.add(who, "release device", node + "/" + device, JsonValue.EMPTY_JSON_OBJECT);
        }
    }

    /** How many runs the node still executes; 0 when a drain is done. */
    public int activeRuns(String node) {
        return sql.first(
                        row -> row.getInt(1),
                        "select count(*) from run where node = ? and state in ('RUNNING', 'PUBLISHING')",
                        node)
                .orElse(0);
    }

    /** All nodes by name. */
    public List<NodeView> list() {
        return sql.list(
                row -> new NodeView(
                        row.getString("name"),
                        row.getTimestamp("started_at").toInstant(),
                        row.getTimestamp("heartbeat_at").toInstant(),
                        row.getBoolean("alive"),
                        row.getBoolean("draining"),
                        devices(row.getString("name"))),
                "select node.*, " + ALIVE + " as alive from node order by name");
    }

    private List<NodeView.NodeDevice> devices(String node) {
        return sql.list(
                row -> new NodeView.NodeDevice(
                        row.getString("id"),
                        row.getString("title"),
                        row.getLong("memory_bytes"),
                        Optional.ofNullable(row.getString("run")),
                        Optional.ofNullable(row.getString("quarantined")),
                        Optional.ofNullable(row.getObject("free_bytes", Long.class)),
                        Optional.ofNullable(row.getObject("busy_percent", Integer.class)),
                        Optional.ofNullable(row.getString("occupied_by"))),
                "select device.*, run, case when quarantined_until > clock_timestamp() then quarantine_reason end"
                        + " as quarantined from device left join device_lease on device_lease.node = device.node"
                        + " and device_lease.device = device.id where device.node = ? order by id",
                node);
    }
}
