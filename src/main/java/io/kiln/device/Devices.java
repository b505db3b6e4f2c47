package io.kiln.device;

import java.util.List;
import java.util.Map;

/** The devices of this server node (or worker). Implementations are thread-safe. */
public interface Devices {
    /** Every device, in the order in which people see them. */
    List<Device> all();

    /** How the devices are used just now, where one tells; takes seconds at worst. For one thread at a time. */
    default Map<DeviceId, DeviceUse> use() throws InterruptedException {
        return Map.of();
    }

    /** @throws IllegalArgumentException when this node has no such device */
    default Device device(DeviceId id) {
        return all().stream()
                .filter(device -> device.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("this node has no device " + id + "; it has "
                        + all().stream().map(Device::id).toList()));
    }
}
