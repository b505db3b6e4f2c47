package io.kiln.job;

/** Makes the threads that a lane works on. The server's are managed by the container; the worker's are plain. */
public interface WorkerThreads {
    /** A thread of this name, not yet started. */
    Thread newThread(String name, Runnable body);
}
