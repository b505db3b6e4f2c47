package io.kiln.job;

import io.kiln.device.TransientDeviceException;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.UnreadableInputException;
import jakarta.batch.operations.JobExecutionNotRunningException;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** An execution that holds its run: what the artefacts of one execution share, on whatever threads they are. */
public final class AdmittedExecution {
    private static final long BETWEEN_TIMINGS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long id;
    private final RunHost host;
    private final Assignment assignment;
    private final Timings timings = new Timings();
    private final TimingFiles timingFiles;
    private long timingsKeptNanos;
    private volatile ProgressLog progress;
    private volatile boolean stopping;
    private volatile boolean failed;
    private final AtomicReference<Throwable> untold = new AtomicReference<>();

    AdmittedExecution(long id, RunHost host, Assignment assignment) {
        this.id = id;
        this.host = host;
        this.assignment = assignment;
        timingFiles = new TimingFiles(assignment);
        timingsKeptNanos = System.nanoTime() - BETWEEN_TIMINGS_NANOS;
    }

    Assignment assignment() {
        return assignment;
    }

    Attempt attempt() {
        return assignment.attempt();
    }

    RunId run() {
        return attempt().run();
    }

    Timings timings() {
        return timings;
    }

    /** Called after each slab: keeps what the execution took its time for until now, after the first one and then at most once a second. */
    synchronized void keepTimingsNowAndThen() throws IOException {
        if (System.nanoTime() - timingsKeptNanos >= BETWEEN_TIMINGS_NANOS) {
            keepTimings();
            timingsKeptNanos = System.nanoTime();
        }
    }

    /** Keeps what the execution took its time for until now. */
    synchronized void keepTimings() throws IOException {
        timingFiles.keep(attempt().number(), timings.json());
    }

    /** The slabs begin: this is what they come from, and so many units are settled already. */
    void computes(Plan plan, int settledUnits) {
        progress = new ProgressLog(plan, settledUnits, this::log, System::nanoTime);
    }

    /** Set once slabs are computed. */
    ProgressLog progress() {
        return progress;
    }

    void log(String line) {
        host.log(run(), line);
    }

    boolean stopRequested() {
        return stopping || host.stopRequested(attempt());
    }

    /** True also for a stop that was asked of the batch runtime and has not come to its artefacts, as for a partition that waited for its thread. */
    boolean stopRequestedOfRuntime() {
        return BatchRuntime.getJobOperator().getJobExecution(id).getBatchStatus() == BatchStatus.STOPPING;
    }

    /** Notes that a stop was asked; artefacts see it as {@link #stopRequested}. */
    void stopSoon() {
        stopping = true;
    }

    /** Tells the batch runtime that what ends now was stopped: it would take it for completed. */
    void endAsStopped() {
        stopSoon();
        try {
            BatchRuntime.getJobOperator().stop(id);
        } catch (JobExecutionNotRunningException e) {
            log("the execution had ended before it was stopped: " + e.getMessage());
        }
    }

    /** True once {@link #note} was called. */
    boolean hasFailed() {
        return failed;
    }

    /** Runs the body of an artefact; what goes wrong in it is noted as the attempt's failure. */
    <T> T noting(Callable<T> body) throws Exception {
        try {
            return body.call();
        } catch (Exception | Error e) {
            note(e);
            throw e;
        }
    }

    /** The same for the body of an artefact in the chunk step, where the job's definition says that some failures are skipped or retried. */
    <T> T notingFatal(Callable<T> body) throws Exception {
        try {
            return body.call();
        } catch (UnreadableInputException | TransientDeviceException skippedOrRetried) {
            throw skippedOrRetried;
        } catch (Exception | Error e) {
            note(e);
            throw e;
        }
    }

    /** Notes why the attempt fails; the first note counts. One that cannot be made now, as while the database is away, is kept for {@link #noteAgain}. */
    void note(Throwable failure) {
        failed = true;
        noteAgain();
        tell(failure);
    }

    /** Makes the note that could not be made. */
    void noteAgain() {
        Throwable first = untold.getAndSet(null);
        if (first != null) {
            tell(first);
        }
    }

    private void tell(Throwable failure) {
        Optional<DiskFullException> diskFull =
                DiskSpace.full(failure, assignment.placement().workFolder());
        try {
            host.failed(attempt(), diskFull.isPresent() ? diskFull.get() : failure);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            untold.compareAndSet(null, failure);
        }
    }
}
