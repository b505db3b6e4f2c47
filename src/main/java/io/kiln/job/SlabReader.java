package io.kiln.job;

import io.kiln.device.Device;
import io.kiln.device.DeviceId;
import io.kiln.device.Devices;
import io.kiln.pipeline.Pipeline;
import io.kiln.pipeline.Pipelines;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.UnitRange;
import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.chunk.ItemReader;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Opens the partition's lane and hands out its slabs in order, each once its input is read. */
@Named
@Dependent
public class SlabReader implements ItemReader {
    @Inject
    private JobContext job;

    @Inject
    private AdmittedExecutions executions;

    @Inject
    private RunHost host;

    @Inject
    private Pipelines pipelines;

    @Inject
    private Devices devices;

    @Inject
    private WorkerThreads threads;

    @Inject
    @BatchProperty(name = LaneMapper.DEVICE)
    private String device;

    @Inject
    @BatchProperty(name = LaneMapper.UNITS)
    private String units;

    private AdmittedExecution execution;
    private Lane<?> lane;
    private long openedNanos;
    private int lastUnit;

    /** @param checkpoint not used: the ledger is the truth, and this partition may be another one than the one that left the checkpoint */
    @Override
    public void open(Serializable checkpoint) throws Exception {
        execution = executions.of(job);
        execution.noting(() -> {
            List<UnitRange> left = left();
            if (execution.stopRequestedOfRuntime()) {
                execution.stopSoon();
            }
            if (!left.isEmpty() && !execution.stopRequested()) {
                host.laneBegins(execution.attempt(), new DeviceId(device), left);
                lane = lane(left);
                execution.timings().begins(new DeviceId(device), lane);
                openedNanos = System.nanoTime();
                execution.log("the lane on " + device + " begins: " + plan().counted(UnitRanges.count(left))
                        + ", in slabs of at most " + lane.slabUnits());
            }
            return null;
        });
    }

    /** The next slab; null at the end, and when the run is to stop. */
    @Override
    public Object readItem() throws Exception {
        return execution.notingFatal(() -> {
            if (execution.stopRequested()) {
                execution.endAsStopped();
                return null;
            }
            Optional<? extends Slab<?>> next = lane == null ? Optional.empty() : lane.next();
            return next.isPresent() ? read(next.get()) : null;
        });
    }

    /** Shown by the batch runtime, never read back. */
    @Override
    public Serializable checkpointInfo() {
        return lastUnit;
    }

    /** What a stop caught between being written and being settled is settled here. */
    @Override
    public void close() throws Exception {
        if (lane == null) {
            return;
        }
        Lane<?> closing = lane;
        lane = null;
        execution.noting(() -> {
            try {
                settle(closing);
            } finally {
                closing.end();
                execution.timings().ends(closing);
                logEnd(closing);
            }
            execution.keepTimings();
            host.laneEnds(execution.attempt(), new DeviceId(device));
            return null;
        });
    }

    private void logEnd(Lane<?> closed) {
        double seconds = (System.nanoTime() - openedNanos) / 1e9;
        StageSeconds busy = closed.seconds();
        execution.log(String.format(
                Locale.ROOT,
                "the lane on %s ends: %s in %s, %.3g per second; %s",
                device,
                plan().counted(closed.settledUnits()),
                ElapsedTime.ofSeconds(seconds),
                closed.settledUnits() / seconds,
                busy.inWords()));
    }

    private Plan plan() {
        return execution.progress().plan();
    }

    private List<UnitRange> left() {
        return UnitRanges.minus(UnitRanges.parse(units), new Ledger(host, execution.run()).settled());
    }

    private Lane<?> lane(List<UnitRange> left) throws IOException {
        Assignment assignment = execution.assignment();
        Pipeline pipeline = pipelines.get(assignment.pipeline());
        Device leased = devices.device(new DeviceId(device));
        return Lane.start(
                pipeline.open(plan(), assignment.input(), new RunFolders(assignment).work(), leased),
                leased.id(),
                left,
                threads,
                execution::stopRequested);
    }

    private Object read(Slab<?> slab) throws Exception {
        try {
            slab.awaitRead();
        } catch (CancellationException stopped) {
            execution.endAsStopped();
            return null;
        }
        lastUnit = slab.units().to();
        return slab;
    }

    private <S> void settle(Lane<S> closing) throws IOException, InterruptedException {
        List<Slab<S>> written = closing.quiesce();
        if (!written.isEmpty()) {
            host.settle(
                    execution.attempt(),
                    SlabOutcome.DONE,
                    written.stream().map(Slab::units).toList());
            written.forEach(Slab::settled);
        }
    }
}
