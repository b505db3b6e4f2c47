package io.kiln.target;

/** A target could not start an execution. */
public class StartException extends RuntimeException {
    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
