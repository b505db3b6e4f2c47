package io.kiln.run;

import io.kiln.device.Devices;
import io.kiln.event.WakeUps;
import io.kiln.persistence.DatabaseAbsence;
import io.kiln.settings.Durations;
import io.kiln.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;

/** This node's part in executing runs: recovers, then dispatches, beats and listens until it is stopped. */
@ApplicationScoped
public class Engine {
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);
    private static final Duration HOUSEKEEPING = Duration.ofDays(1);

    private final Claimant claimant;
    private final NodeService nodes;
    private final Recovery recovery;
    private final Dispatcher dispatcher;
    private final Reconciler reconciler;
    private final HeldRuns held;
    private final RunRequests requests;
    private final ForgottenRuns forgotten;
    private final OutsideStops outsideStops;
    private final LiveAttempts live;
    private final SelfFence fence;
    private final Housekeeping housekeeping;
    private final WakeUps wakeUps;
    private final Devices devices;
    private final DeviceWatch watch;
    private final DatabaseAbsence absence;
    private final StallWatch stalls;
    private final List<Loop> loops = new ArrayList<>();

    /** For the container's proxy only. */
    protected Engine() {
        this(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    @Inject
    public Engine(
            Settings settings,
            NodeService nodes,
            Recovery recovery,
            Dispatcher dispatcher,
            Reconciler reconciler,
            HeldRuns held,
            RunRequests requests,
            ForgottenRuns forgotten,
            OutsideStops outsideStops,
            LiveAttempts live,
            SelfFence fence,
            Housekeeping housekeeping,
            WakeUps wakeUps,
            Devices devices,
            DeviceWatch watch,
            DatabaseAbsence absence,
            StallWatch stalls) {
        this.claimant = settings == null ? null : new Claimant(settings.node(), UUID.randomUUID());
        this.nodes = nodes;
        this.recovery = recovery;
        this.dispatcher = dispatcher;
        this.reconciler = reconciler;
        this.held = held;
        this.requests = requests;
        this.forgotten = forgotten;
        this.outsideStops = outsideStops;
        this.live = live;
        this.fence = fence;
        this.housekeeping = housekeeping;
        this.wakeUps = wakeUps;
        this.devices = devices;
        this.watch = watch;
        this.absence = absence;
        this.stalls = stalls;
    }

    /** Takes over what an earlier process of this node has left, then executes runs. */
    public void start(ThreadFactory threads) {
        recovery.takeOverOwn(claimant);
        nodes.register(claimant, devices.all());
        recovery.clearBatchRuntime(claimant);
        fence.renewed(System.nanoTime());
        loops.add(Loop.start("kiln-listener", threads, absence, wakeUps::listen));
        loops.add(Loop.start("kiln-heartbeat", threads, absence, works -> beat()));
        loops.add(Loop.start("kiln-fence", threads, absence, works -> watch()));
        loops.add(Loop.start("kiln-dispatcher", threads, absence, works -> dispatch()));
        loops.add(Loop.start("kiln-devices", threads, absence, works -> watchDevices()));
        loops.add(Loop.start("kiln-disk-space", threads, absence, works -> releaseHeld()));
        loops.add(Loop.start("kiln-requests", threads, absence, works -> handleRequests()));
        loops.add(Loop.start("kiln-forgotten-runs", threads, absence, works -> clearForgotten()));
        loops.add(Loop.start("kiln-housekeeping", threads, absence, works -> keepHouse()));
    }

    /** Stops this node's runs within a slab, back into the queue, waits for them, then stops the loops. */
    public void stop(Duration patience) throws InterruptedException {
        try {
            // why first: it asks no database, which may be away
            live.stopAll(true);
            nodes.goDown(claimant);
            long end = System.nanoTime() + patience.toNanos();
            long seen = wakeUps.count();
            while (!live.all().isEmpty() && System.nanoTime() < end) {
                seen = wakeUps.await(seen, Duration.ofMillis(100));
            }
        } finally {
            for (Loop loop : loops) {
                loop.stop();
            }
            loops.clear();
        }
    }

    public Claimant claimant() {
        return claimant;
    }

    /** True while every loop does its work. */
    public boolean isHealthy() {
        return !loops.isEmpty() && loops.stream().allMatch(Loop::isHealthy);
    }

    private void dispatch() throws InterruptedException {
        long seen = wakeUps.count();
        reconciler.passOnStops(claimant);
        dispatcher.dispatch(claimant);
        wakeUps.await(seen, LONGEST_SLEEP);
    }

    /** A node whose name was taken never works again. */
    private void beat() throws InterruptedException {
        long asked = System.nanoTime();
        boolean ours = nodes.beat(claimant);
        absence.isOver();
        fence.renewed(asked);
        if (System.nanoTime() - asked > Durations.HEARTBEAT.toNanos()) {
            // why: the answer came late, and what was renewed may be about to end; the next beat, at once, tells
            return;
        }
        live.stopAll(!ours || nodes.isDraining(claimant));
        if (ours) {
            reconciler.reconcile(claimant);
            recovery.takeOverDead(claimant);
            stalls.look(claimant);
            outsideStops.release(claimant);
            outsideStops.settle(claimant);
        }
        Thread.sleep(Durations.HEARTBEAT.toMillis());
    }

    /** On a thread of its own: a file system that hangs must not keep the heart from beating. */
    private void releaseHeld() throws InterruptedException {
        held.release();
        Thread.sleep(Durations.HEARTBEAT.toMillis());
    }

    /** On a thread of its own: it looks at what lies in the places of runs, on file systems that may hang. */
    private void handleRequests() throws InterruptedException {
        long seen = wakeUps.count();
        requests.handle();
        wakeUps.await(seen, LONGEST_SLEEP);
    }

    /** On a thread of its own: there may be a lot to delete. */
    private void clearForgotten() throws InterruptedException {
        forgotten.clear();
        Thread.sleep(Durations.HEARTBEAT.toMillis());
    }

    private void watchDevices() throws InterruptedException {
        watch.look(claimant);
        Thread.sleep(Durations.HEARTBEAT.toMillis());
    }

    private void keepHouse() throws InterruptedException {
        housekeeping.clear();
        Thread.sleep(HOUSEKEEPING.toMillis());
    }

    /** On a thread of its own: a database that does not answer holds the heartbeat's. */
    private void watch() throws InterruptedException {
        fence.check(System.nanoTime());
        Thread.sleep(LONGEST_SLEEP.toMillis());
    }
}
