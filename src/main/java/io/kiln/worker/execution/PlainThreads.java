package io.kiln.worker.execution;

import io.kiln.job.WorkerThreads;

/** Threads of nobody's but this process: they do not keep it alive. */
final class PlainThreads implements WorkerThreads {
    @Override
    public Thread newThread(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        return thread;
    }
}
