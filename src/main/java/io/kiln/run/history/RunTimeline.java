package io.kiln.run.history;

import java.time.Instant;
import java.util.List;

/**
 * What has happened to a run.
 *
 * @param attempts oldest first
 * @param skipped units that could not be read, ascending
 * @param changes of its state, oldest first; as far back as events are kept
 */
public record RunTimeline(List<AttemptView> attempts, List<Units> skipped, List<Change> changes) {
    /**
     * Units of a run.
     *
     * @param from first one, from 0
     * @param to one past the last
     */
    public record Units(int from, int to) {}

    /**
     * A change.
     *
     * @param state that the run was in then
     * @param reason null where it is plain
     */
    public record Change(Instant at, int attempt, String state, String reason) {}

    /**
     * An attempt: one JBeret execution on the devices that it held.
     *
     * @param publishingAt when all was computed and the devices were given back; null where it did not come so far
     * @param endedAt null while it is at work
     * @param batchStatus JBeret's own word for it; null where JBeret has forgotten it
     * @param outcome RUNNING or PUBLISHING while it is at work; COMPLETED, FAILED or STOPPED; QUEUED where the run went back to the queue
     * @param reason of the outcome; null where it is plain
     * @param failure what went wrong; null where nothing did
     * @param steps in the order in which they began
     * @param lanes its partitions, by device
     */
    public record AttemptView(
            int number,
            long execution,
            String node,
            List<String> devices,
            Instant startedAt,
            Instant publishingAt,
            Instant endedAt,
            String batchStatus,
            String exitStatus,
            String outcome,
            String reason,
            Failure failure,
            List<Step> steps,
            List<Lane> lanes) {}

    /** A step of the attempt's job. */
    public record Step(String name, String batchStatus, Instant startedAt, Instant endedAt) {}

    /**
     * A partition: the share of an attempt that was computed on one device.
     *
     * @param units that it was to do
     * @param total how many these are
     * @param done how many of them it has settled, the skipped ones among them
     * @param slabs in how many pieces
     * @param settledAt when the newest of them was settled; null before the first
     * @param endedAt null while it is at work, and where its attempt ended before it could say so
     */
    public record Lane(
            String device,
            List<Units> units,
            int total,
            int done,
            int skipped,
            int slabs,
            Instant begunAt,
            Instant settledAt,
            Instant endedAt) {}

    /**
     * Why an attempt failed.
     *
     * @param kind ERROR, DISK_FULL, DEVICE, DEVICE_LOST or LOST
     * @param message what went wrong
     * @param advice what to do
     * @param device that failed; null where none did
     * @param folder whose file system is full; null where none is
     * @param neededBytes that are to be free there; null where that is unknown
     */
    public record Failure(
            String kind,
            String message,
            String advice,
            String device,
            String folder,
            Long neededBytes,
            Instant notedAt) {}
}
