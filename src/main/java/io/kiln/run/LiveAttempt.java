package io.kiln.run;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/** One attempt that this process executes. Thread-safe. */
final class LiveAttempt {
    /** A thread of the batch runtime has one of these on its stack exactly while an artefact of ours can run. */
    private static final Set<String> AT_WORK = Set.of(
            "org.jberet.runtime.runner.ChunkRunner",
            "org.jberet.runtime.runner.BatchletRunner",
            "org.jberet.runtime.runner.JobExecutionRunner");

    /** A job's own thread sleeps under this one while its lanes work; should they die, it never wakes. */
    private static final String WAITS_FOR_LANES = "beginPartition";

    private final Set<Thread> threads = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private volatile boolean stopping;
    private int idle;

    void seen(Thread thread) {
        threads.add(thread);
    }

    void left(Thread thread) {
        threads.remove(thread);
    }

    /** True when it was not stopping before. */
    synchronized boolean stop() {
        boolean first = !stopping;
        stopping = true;
        return first;
    }

    boolean isStopping() {
        return stopping;
    }

    synchronized int timesFoundIdle() {
        Thread[] known = threads.toArray(Thread[]::new);
        idle = Arrays.stream(known).anyMatch(LiveAttempt::isAtWork) ? 0 : idle + 1;
        return idle;
    }

    private static boolean isAtWork(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return Arrays.stream(stack).anyMatch(frame -> AT_WORK.contains(frame.getClassName()))
                && Arrays.stream(stack).noneMatch(frame -> frame.getMethodName().equals(WAITS_FOR_LANES));
    }
}
