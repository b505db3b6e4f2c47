package io.kiln.job;

import io.kiln.device.DeviceId;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.UnitRange;
import java.util.List;
import java.util.Optional;

/**
 * What the artefacts of a job ask of the run that they execute, and tell it. The server answers from PostgreSQL, the worker from its state file.
 * Thread-safe. Everything that changes a run is fenced by the attempt.
 */
public interface RunHost {
    /**
     * Binds an execution to the attempt that was granted this single-use token.
     *
     * @param token the job parameter {@code lease}, null where the job was started by somebody else than the queue
     * @return empty when the execution is refused; the run is then asked to go through the queue
     */
    Optional<Attempt> admit(RunId run, String token, long executionId);

    /** What the current attempt of the run is to do. */
    Assignment assignment(RunId run);

    /** The plan that an earlier or this attempt has stored. */
    Optional<Plan> plan(RunId run);

    /** @throws LostRunException when the attempt is no longer the newest */
    void keepPlan(Attempt attempt, Plan plan);

    /** Ranges of units that are durably settled with this outcome, ascending, not touching. */
    List<UnitRange> settled(RunId run, SlabOutcome outcome);

    /**
     * Keeps the run from being taken away until the transaction of the calling thread ends.
     *
     * @throws LostRunException when the attempt is no longer the newest or its lease is gone
     */
    void requireLease(Attempt attempt);

    /**
     * Records units as settled, within the transaction of the calling thread; without one, in its own. Units that were settled before stay as they are.
     *
     * @throws LostRunException when the attempt is no longer the newest or its lease is gone
     */
    void settle(Attempt attempt, SlabOutcome outcome, List<UnitRange> units);

    /** A partition of the attempt begins to compute these units on a device; kept for people to look at, in a transaction of its own. */
    void laneBegins(Attempt attempt, DeviceId device, List<UnitRange> units);

    /** The partition on this device has ended, however. */
    void laneEnds(Attempt attempt, DeviceId device);

    /** True once somebody asked the run, or its node, to stop, or the attempt is no longer the newest. Cheap enough to ask before every slab. */
    boolean stopRequested(Attempt attempt);

    /** RUNNING → PUBLISHING; the devices are given back. Repeatable. @throws LostRunException when the attempt is no longer the newest */
    void publishing(Attempt attempt);

    /** PUBLISHING → COMPLETED. @throws LostRunException when the attempt is no longer the newest */
    void completed(Attempt attempt);

    /**
     * Notes why the attempt failed; the first note of an attempt counts. The state changes when the execution has ended. Called from any thread, also
     * within a transaction that is about to be rolled back: the note needs a transaction of its own. A {@link DiskFullException} means that the run may
     * go on when there is space, a {@link DeviceFailedException} that its device is not to be used.
     */
    void failed(Attempt attempt, Throwable cause);

    /**
     * The execution has ended, however: settles the run's state. Repeatable; does nothing for an execution that was not admitted.
     *
     * @param failed what the batch runtime takes it for; one that did not fail, and that nobody asked to end, was stopped from elsewhere
     */
    void ended(Attempt attempt, long executionId, boolean failed);

    /** Appends a line to the run's log. */
    void log(RunId run, String line);
}
