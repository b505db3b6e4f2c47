package io.kiln.run;

import io.kiln.job.Attempt;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The attempts that this process executes, and what tells them to stop. In memory: artefacts ask before every slab. Thread-safe. */
@ApplicationScoped
public class LiveAttempts {
    private final Map<Attempt, LiveAttempt> attempts = new ConcurrentHashMap<>();
    private volatile boolean stopAll;

    void add(Attempt attempt) {
        attempts.put(attempt, new LiveAttempt());
    }

    void remove(Attempt attempt) {
        attempts.remove(attempt);
    }

    /** The calling thread works for the attempt, and for no other one any more: threads are used again. */
    void seen(Attempt attempt) {
        Thread thread = Thread.currentThread();
        attempts.forEach((each, live) -> {
            if (each.equals(attempt)) {
                live.seen(thread);
            } else {
                live.left(thread);
            }
        });
    }

    /** True for an attempt that is to stop, and for one that is not executed here. */
    boolean isStopping(Attempt attempt) {
        LiveAttempt live = attempts.get(attempt);
        return stopAll || live == null || live.isStopping();
    }

    /** True when the attempt was not stopping before. */
    boolean stop(Attempt attempt) {
        LiveAttempt live = attempts.get(attempt);
        return live != null && live.stop();
    }

    /** While true every attempt is to stop, and no later word takes that back: the node drains, or has lost its leases. */
    void stopAll(boolean stop) {
        stopAll = stop;
        if (stop) {
            attempts.values().forEach(LiveAttempt::stop);
        }
    }

    /** True while every attempt is to stop. */
    boolean isStoppingAll() {
        return stopAll;
    }

    boolean contains(Attempt attempt) {
        return attempts.containsKey(attempt);
    }

    /** How often in a row no thread was found at work for the attempt; looking counts. */
    int timesFoundIdle(Attempt attempt) {
        LiveAttempt live = attempts.get(attempt);
        return live == null ? 0 : live.timesFoundIdle();
    }

    /** Those that are executed now. */
    public Set<Attempt> all() {
        return Set.copyOf(attempts.keySet());
    }
}
