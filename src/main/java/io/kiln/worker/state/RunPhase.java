package io.kiln.worker.state;

/** How far a worker's run has come; the words are those of the server's run states. */
public enum RunPhase {
    RUNNING,
    PUBLISHING,
    COMPLETED,
    STOPPED,
    FAILED
}
