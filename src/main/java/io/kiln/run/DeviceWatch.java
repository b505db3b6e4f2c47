package io.kiln.run;

import io.kiln.device.DeviceId;
import io.kiln.device.DeviceUse;
import io.kiln.device.Devices;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Writes down how this node's devices are used, for people to see, and so that none is leased that others compute on. */
@ApplicationScoped
public class DeviceWatch {
    private final Sql sql;
    private final Devices devices;

    /** For the container's proxy only. */
    protected DeviceWatch() {
        this(null, null);
    }

    @Inject
    public DeviceWatch(Sql sql, Devices devices) {
        this.sql = sql;
        this.devices = devices;
    }

    /** Looks, which may take seconds, and writes what has changed. */
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    public void look(Claimant claimant) throws InterruptedException {
        Map<DeviceId, DeviceUse> uses = devices.use();
        devices.all().forEach(device -> note(claimant, device.id(), Optional.ofNullable(uses.get(device.id()))));
    }

    private void note(Claimant claimant, DeviceId device, Optional<DeviceUse> use) {
        sql.update(
                "update device set free_bytes = seen.free_bytes, busy_percent = seen.busy_percent,"
                        + " occupied_by = seen.occupied_by"
                        + " from (values (?::bigint, ?::integer, ?::text)) seen (free_bytes, busy_percent, occupied_by)"
                        + " where node = ? and id = ? and (device.free_bytes, device.busy_percent, device.occupied_by)"
                        + " is distinct from (seen.free_bytes, seen.busy_percent, seen.occupied_by)",
                use.map(DeviceUse::freeBytes)
                        .filter(OptionalLong::isPresent)
                        .map(OptionalLong::getAsLong)
                        .orElse(null),
                use.map(DeviceUse::busyPercent)
                        .filter(OptionalInt::isPresent)
                        .map(OptionalInt::getAsInt)
                        .orElse(null),
                use.filter(known -> !known.others().isEmpty())
                        .map(DeviceUse::othersInWords)
                        .orElse(null),
                claimant.node(),
                device.value());
    }
}
