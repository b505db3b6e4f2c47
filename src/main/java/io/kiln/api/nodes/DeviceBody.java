package io.kiln.api.nodes;

import io.kiln.run.NodeView.NodeDevice;
import java.util.UUID;

/**
 * A device of a node: a GPU, or a share of the processor's cores.
 *
 * @param id unique within its node
 * @param title what it is called, such as the processor's name
 * @param run that holds it; null where it is free
 * @param quarantined why it is left alone; null where it is used
 * @param freeBytes of its memory, a few seconds ago; null where it does not tell
 * @param busyPercent share of the last moments in which it computed, 0 to 100; null where it does not tell
 * @param occupiedBy processes of others that compute on it, in words: nothing is begun on it meanwhile; null where there are none
 */
public record DeviceBody(
        String node,
        String id,
        String title,
        long memoryBytes,
        UUID run,
        String quarantined,
        Long freeBytes,
        Integer busyPercent,
        String occupiedBy) {
    static DeviceBody of(String node, NodeDevice device) {
        return new DeviceBody(
                node,
                device.id(),
                device.title(),
                device.memoryBytes(),
                device.run().map(UUID::fromString).orElse(null),
                device.quarantined().orElse(null),
                device.freeBytes().orElse(null),
                device.busyPercent().orElse(null),
                device.occupiedBy().orElse(null));
    }
}
