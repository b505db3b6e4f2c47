package io.kiln.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A server node as people see it.
 *
 * @param alive whether its heart has beaten lately
 * @param draining whether it takes no more runs and stops those it has
 */
public record NodeView(
        String name,
        Instant startedAt,
        Instant heartbeatAt,
        boolean alive,
        boolean draining,
        List<NodeDevice> devices) {
    /**
     * A device of the node.
     *
     * @param run that holds it
     * @param quarantined why it is left alone
     * @param freeBytes of its memory, where it tells
     * @param busyPercent share of the last moments in which it computed, where it tells
     * @param occupiedBy processes of others that compute on it, in words; nothing is begun on it meanwhile
     */
    public record NodeDevice(
            String id,
            String title,
            long memoryBytes,
            Optional<String> run,
            Optional<String> quarantined,
            Optional<Long> freeBytes,
            Optional<Integer> busyPercent,
            Optional<String> occupiedBy) {}
}
