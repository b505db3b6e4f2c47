package io.kiln.job;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Threads as a program without a container makes them; remembers them. */
class PlainThreads implements WorkerThreads {
    final List<Thread> made = new CopyOnWriteArrayList<>();

    @Override
    public Thread newThread(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        made.add(thread);
        return thread;
    }
}
