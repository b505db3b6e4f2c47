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
 */
public record DeviceBody(String node, String id, String title, long memoryBytes, UUID run, String quarantined) {
    static DeviceBody of(String node, NodeDevice device) {
        return new DeviceBody(
                node,
                device.id(),
                device.title(),
                device.memoryBytes(),
                device.run().map(UUID::fromString).orElse(null),
                device.quarantined().orElse(null));
    }
}
