package io.kiln.run.overview;

import io.kiln.run.NodeView.NodeDevice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a laboratory is at.
 *
 * @param at when this was so, by the database's clock
 * @param since where the lanes begin
 * @param midnight when this day began, by the server's time zone
 * @param today runs by state: those that ended today, and those that are not over
 */
public record Overview(
        Instant at,
        Instant since,
        Instant midnight,
        List<NodeLanes> nodes,
        Queue queue,
        Map<String, Integer> today,
        Waiting failures,
        Waiting stalled,
        List<Disk> disks) {
    /** A node, a lane for each of its devices. */
    public record NodeLanes(String name, boolean alive, boolean draining, List<DeviceLane> devices) {}

    /** @param bars what the device was given, oldest first; the newest of them where there are too many */
    public record DeviceLane(NodeDevice device, List<Bar> bars) {}

    /**
     * An attempt on a device.
     *
     * @param to when it gave the device back; null while it has it
     * @param outcome RUNNING or PUBLISHING while it is at work; COMPLETED, FAILED or STOPPED; QUEUED where the run went back to the queue
     * @param reason of the outcome; null where it is plain
     */
    public record Bar(RunName run, int attempt, Instant from, Instant to, String outcome, String reason) {}

    /**
     * What people call a run.
     *
     * @param batchCreatedBy who made its batch, the batch's owner
     * @param batchShared whether others change the batch, too
     */
    public record RunName(
            UUID id,
            String pipeline,
            UUID item,
            String itemName,
            UUID batch,
            String batchName,
            String batchCreatedBy,
            boolean batchShared) {}

    /**
     * What waits.
     *
     * @param length how many runs wait
     * @param looked at so many of them, the first ones, for the reasons
     * @param reasons why they wait, the most frequent first
     * @param next those that nothing but devices keeps waiting, in the order in which they go
     */
    public record Queue(int length, int looked, List<Reason> reasons, List<Next> next) {}

    /** @param runs how many wait for it */
    public record Reason(String reason, int runs) {}

    /** @param devices how many it wants; 0 means all of a node */
    public record Next(RunName run, int devices, boolean urgent) {}

    /**
     * Runs that somebody should look at.
     *
     * @param count how many there are
     * @param newest the newest of them
     */
    public record Waiting(int count, List<Noticed> newest) {}

    /** @param since when it failed, or its last progress */
    public record Noticed(RunName run, String reason, Instant since, String queuedBy) {}

    /**
     * The file system of a data root.
     *
     * @param kind DATA or RESULTS
     * @param freeBytes null where the file system does not answer
     * @param totalBytes null where the file system does not answer
     * @param reserveBytes that must be free for a run to start
     */
    public record Disk(UUID root, String path, String kind, Long freeBytes, Long totalBytes, long reserveBytes) {}
}
