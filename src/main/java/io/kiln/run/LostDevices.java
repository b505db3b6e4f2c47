package io.kiln.run;

import io.kiln.device.DeviceId;
import io.kiln.device.Devices;
import io.kiln.job.Attempt;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Brings back the device that an attempt has lost, while the attempt still holds it; one that does not come back is left alone until an operator releases it. */
@ApplicationScoped
public class LostDevices {
    private final Sql sql;
    private final Devices devices;
    private final DeviceLeases leases;
    private final RunLogs logs;

    /** For the container's proxy only. */
    protected LostDevices() {
        this(null, null, null, null);
    }

    @Inject
    public LostDevices(Sql sql, Devices devices, DeviceLeases leases, RunLogs logs) {
        this.sql = sql;
        this.devices = devices;
        this.leases = leases;
        this.logs = logs;
    }

    /** A device and the node that has it. */
    private record Lost(String node, DeviceId device) {}

    /** Does nothing for an attempt that has lost none. Its lanes have ended: nobody uses the device. */
    public void recover(Attempt attempt) {
        lost(attempt).ifPresent(lost -> logs.append(attempt.run(), recover(lost)));
    }

    private String recover(Lost lost) {
        Optional<String> problem = devices.device(lost.device()).recover();
        if (problem.isEmpty()) {
            return "device " + lost.device() + " was reset, and works";
        }
        leases.quarantineForGood(
                lost.node(),
                lost.device(),
                "it was lost, and does not work after a reset: " + problem.get()
                        + "; it is used again when an operator releases it");
        return "device " + lost.device() + " is left alone until an operator releases it: " + problem.get();
    }

    private Optional<Lost> lost(Attempt attempt) {
        return sql.first(
                row -> new Lost(row.getString("node"), new DeviceId(row.getString("device"))),
                "select run.node, failure.device from run join run_failure failure on failure.run = run.id"
                        + " and failure.attempt = run.attempt where run.id = ? and run.attempt = ?"
                        + " and state in ('RUNNING', 'PUBLISHING') and kind = ?",
                attempt.run().value(),
                attempt.number(),
                FailureKind.DEVICE_LOST);
    }
}
