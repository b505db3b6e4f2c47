package io.kiln.worker.execution;

import io.kiln.device.DeviceId;
import io.kiln.job.Assignment;
import io.kiln.job.Attempt;
import io.kiln.job.FailureText;
import io.kiln.job.LostRunException;
import io.kiln.job.RunHost;
import io.kiln.job.RunId;
import io.kiln.job.SlabOutcome;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.UnitRange;
import io.kiln.worker.state.RunPhase;
import io.kiln.worker.state.StateFile;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What the job of a worker asks and tells, answered from its state file. Its lock is what fences other workers off. */
final class WorkerRunHost implements RunHost {
    private final StateFile state;
    private final Assignment assignment;
    private final String token;
    private final RunListener listener;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopping;

    /** @param token that the job must name to be this run's */
    WorkerRunHost(StateFile state, Assignment assignment, String token, RunListener listener) {
        this.state = state;
        this.assignment = assignment;
        this.token = token;
        this.listener = listener;
    }

    void stop() {
        stopping = true;
    }

    Outcome outcome() {
        if (state.current().phase() == RunPhase.COMPLETED) {
            return new Outcome.Completed(state.settled(SlabOutcome.SKIPPED));
        }
        if (stopping) {
            return new Outcome.Stopped();
        }
        return new Outcome.Failed(Optional.ofNullable(failure.get())
                .orElseGet(() -> new IllegalStateException(
                        "the batch runtime ended the job before its time; what it wrote to standard error says why")));
    }

    @Override
    public Optional<Attempt> admit(RunId run, String given, long executionId) {
        boolean admitted = run.equals(assignment.attempt().run()) && token.equals(given);
        return admitted ? Optional.of(assignment.attempt()) : Optional.empty();
    }

    @Override
    public Assignment assignment(RunId run) {
        return assignment;
    }

    @Override
    public Optional<Plan> plan(RunId run) {
        return state.current().plan();
    }

    @Override
    public void keepPlan(Attempt attempt, Plan plan) {
        requireNewest(attempt);
        state.keep(plan);
    }

    @Override
    public List<UnitRange> settled(RunId run, SlabOutcome outcome) {
        return state.settled(outcome);
    }

    @Override
    public void requireLease(Attempt attempt) {
        requireNewest(attempt);
    }

    @Override
    public void settle(Attempt attempt, SlabOutcome outcome, List<UnitRange> units) {
        requireNewest(attempt);
        state.settle(outcome, units);
    }

    /** A worker's log says so, which is all that it keeps of its lanes. */
    @Override
    public void laneBegins(Attempt attempt, DeviceId device, List<UnitRange> units) {}

    /** As above. */
    @Override
    public void laneEnds(Attempt attempt, DeviceId device) {}

    @Override
    public boolean stopRequested(Attempt attempt) {
        return stopping;
    }

    @Override
    public void publishing(Attempt attempt) {
        requireNewest(attempt);
        enter(RunPhase.PUBLISHING);
    }

    @Override
    public void completed(Attempt attempt) {
        requireNewest(attempt);
        enter(RunPhase.COMPLETED);
    }

    @Override
    public void failed(Attempt attempt, Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            listener.said("attempt " + attempt.number() + " fails: " + FailureText.of(cause));
        }
    }

    @Override
    public void ended(Attempt attempt, long executionId, boolean failed) {
        Outcome outcome = outcome();
        if (outcome instanceof Outcome.Stopped) {
            enter(RunPhase.STOPPED);
        } else if (outcome instanceof Outcome.Failed noted) {
            enterFailed(noted.cause());
        }
    }

    @Override
    public void log(RunId run, String line) {
        listener.said(line);
    }

    /** The state file may be on the disk that is full: what has failed is told all the same. */
    private void enterFailed(Throwable cause) {
        try {
            enter(RunPhase.FAILED);
        } catch (UncheckedIOException e) {
            cause.addSuppressed(e);
        }
    }

    private void enter(RunPhase phase) {
        if (state.current().phase() != phase) {
            state.enter(phase);
            listener.entered(phase);
        }
    }

    private void requireNewest(Attempt attempt) {
        if (!attempt.equals(state.current().currentAttempt())) {
            throw new LostRunException(attempt);
        }
    }
}
