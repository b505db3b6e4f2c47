package io.kiln.run;

import io.kiln.device.DeviceId;
import io.kiln.job.Attempt;
import io.kiln.persistence.Sql;
import io.kiln.settings.Durations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/** Who holds which device, by the database's clock. A lease that is not renewed ends by itself. */
@ApplicationScoped
@Transactional
public class DeviceLeases {
    private static final String UNTIL = "clock_timestamp() + interval '" + Durations.LEASE.toSeconds() + " seconds'";

    /** True for devices, without an alias, that work and that nobody else uses. */
    static final String USABLE = "occupied_by is null and coalesce(quarantined_until, '-infinity') < clock_timestamp()";

    private final Sql sql;

    /** For the container's proxy only. */
    protected DeviceLeases() {
        this(null);
    }

    @Inject
    public DeviceLeases(Sql sql) {
        this.sql = sql;
    }

    /** The node's devices that work and that nobody else uses, locked until the transaction ends, so that two who take some do not meet. */
    List<DeviceId> usable(String node) {
        return sql.list(
                row -> new DeviceId(row.getString(1)),
                "select id from device where node = ? and " + USABLE + " order by id for update",
                node);
    }

    /** Those of the node that somebody holds. */
    List<DeviceId> held(String node) {
        return sql.list(row -> new DeviceId(row.getString(1)), "select device from device_lease where node = ?", node);
    }

    /** Leases the devices, all or none: a device that somebody holds fails the transaction. */
    void take(String node, List<DeviceId> devices, Attempt attempt) {
        for (DeviceId device : devices) {
            sql.update(
                    "insert into device_lease (node, device, run, attempt, expires_at) values (?, ?, ?, ?, " + UNTIL
                            + ")",
                    node,
                    device.value(),
                    attempt.run().value(),
                    attempt.number());
        }
    }

    List<DeviceId> of(Attempt attempt) {
        return sql.list(
                row -> new DeviceId(row.getString(1)),
                "select device from device_lease where run = ? and attempt = ? order by device",
                attempt.run().value(),
                attempt.number());
    }

    void release(Attempt attempt) {
        sql.update(
                "delete from device_lease where run = ? and attempt <= ?",
                attempt.run().value(),
                attempt.number());
    }

    /** A lease that has ended is renewed too as long as nobody has taken its device. */
    void renew(String node) {
        sql.update("update device_lease set expires_at = " + UNTIL + " where node = ?", node);
    }

    /** Ends the leases whose run is not at work any more. */
    void releaseOrphans() {
        sql.update("delete from device_lease using run where run.id = device_lease.run"
                + " and (run.state <> 'RUNNING' or run.attempt <> device_lease.attempt)");
    }

    /** Leaves the device alone for a while, where the node has another one; false where it has not. */
    boolean quarantine(String node, String device, String reason) {
        return sql.update(
                        "update device set quarantined_until = clock_timestamp() + interval '"
                                + Durations.QUARANTINE.toSeconds() + " seconds', quarantine_reason = ?"
                                + " where node = ? and id = ? and exists (select 1 from device other"
                                + " where other.node = device.node and other.id <> device.id"
                                + " and coalesce(other.quarantined_until, '-infinity') < clock_timestamp())",
                        reason,
                        node,
                        device)
                == 1;
    }

    /** Leaves the device alone for a moment, also where the node has no other one, unless it is left alone already. */
    void rest(String node, String device, String reason) {
        sql.update(
                "update device set quarantined_until = clock_timestamp() + interval '" + Durations.REST.toSeconds()
                        + " seconds', quarantine_reason = ? where node = ? and id = ?"
                        + " and coalesce(quarantined_until, '-infinity') < clock_timestamp()",
                reason,
                node,
                device);
    }

    /** Leaves the device alone until somebody releases it, who has seen to it. */
    void quarantineForGood(String node, DeviceId device, String reason) {
        sql.update(
                "update device set quarantined_until = 'infinity', quarantine_reason = ? where node = ? and id = ?",
                reason,
                node,
                device.value());
    }

    /** The device is used again; false where it was not left alone. */
    boolean endQuarantine(String node, DeviceId device) {
        return sql.update(
                        "update device set quarantined_until = null, quarantine_reason = null where node = ? and id = ?"
                                + " and quarantined_until > clock_timestamp()",
                        node,
                        device.value())
                == 1;
    }
}
