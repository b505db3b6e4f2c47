package io.kiln.worker.state;

/** A state file cannot be gone on from: it is another run's, in use, or damaged. The message says which, and what to do. */
public class StateRefusedException extends RuntimeException {
    public StateRefusedException(String message) {
        super(message);
    }

    public StateRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
