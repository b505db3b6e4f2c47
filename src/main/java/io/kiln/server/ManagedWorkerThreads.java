package io.kiln.server;

import io.kiln.job.WorkerThreads;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;

/** The container's threads, so that it knows of them and they see the application's classes. */
@ApplicationScoped
public class ManagedWorkerThreads implements WorkerThreads {
    @Resource
    private ManagedThreadFactory threads;

    @Override
    public Thread newThread(String name, Runnable body) {
        Thread thread = threads.newThread(body);
        thread.setName(name);
        return thread;
    }
}
