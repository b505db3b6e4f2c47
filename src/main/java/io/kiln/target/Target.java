package io.kiln.target;

/** A place where runs execute. Thread-safe. */
public interface Target {
    /** What runs and batches name it by. */
    TargetName name();

    /**
     * Starts the execution of a claimed run, which is then admitted by the order's token. Returns without waiting for it. Called outside of any
     * transaction: the claim is committed.
     *
     * @throws StartException when no execution was started
     */
    void start(StartOrder order);
}
