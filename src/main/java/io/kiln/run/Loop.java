package io.kiln.run;

import io.kiln.persistence.DatabaseAbsence;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Something done again and again on a thread of its own, which no failure ends: the database may be away for a while. */
final class Loop {
    private static final long PAUSE_MILLIS = 1000;
    private static final long END_MILLIS = 10_000;
    private static final Logger LOG = Logger.getLogger(Loop.class.getName());

    /** One round. */
    @FunctionalInterface
    interface Round {
        /** @param works called by a round that goes on as long as it does its work: what has returned, works anyway */
        void run(Runnable works) throws Exception;
    }

    private final String name;
    private final DatabaseAbsence absence;
    private final Round round;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile boolean healthy = true;
    private boolean complained;

    private Loop(String name, ThreadFactory threads, DatabaseAbsence absence, Round round) {
        this.name = name;
        this.absence = absence;
        this.round = round;
        this.thread = threads.newThread(this::loop);
    }

    static Loop start(String name, ThreadFactory threads, DatabaseAbsence absence, Round round) {
        Loop loop = new Loop(name, threads, absence, round);
        loop.thread.setName(name);
        loop.thread.start();
        return loop;
    }

    boolean isHealthy() {
        return healthy && thread.isAlive();
    }

    void stop() throws InterruptedException {
        stopped = true;
        thread.interrupt();
        thread.join(END_MILLIS);
    }

    private void loop() {
        while (!stopped) {
            try {
                round.run(this::works);
                works();
            } catch (InterruptedException e) {
                LOG.log(Level.FINE, "{0} is interrupted", name);
            } catch (Throwable e) {
                // why of errors too: without its heartbeat a node is dead, and the next round may well work
                failed(e);
            }
        }
    }

    private void works() {
        if (complained) {
            LOG.info(name + " works again");
            complained = false;
        }
        healthy = true;
    }

    /** Said once, not at every round of an outage; of the database's absence the log is told already. */
    private void failed(Throwable failure) {
        if (stopped) {
            return;
        }
        healthy = false;
        if (!absence.explains(failure) && !complained) {
            Level level = failure instanceof Error ? Level.SEVERE : Level.WARNING;
            LOG.log(level, failure, () -> name + " cannot do its work; it goes on trying");
            complained = true;
        }
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            LOG.log(Level.FINE, "{0} is interrupted", name);
        }
    }
}
