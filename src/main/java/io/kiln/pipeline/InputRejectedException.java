package io.kiln.pipeline;

/**
 * The input or a parameter cannot be processed, now or on a retry. The message is for the person who queued the run: what, with which value, and
 * what to do.
 */
public class InputRejectedException extends RuntimeException {
    public InputRejectedException(String message) {
        super(message);
    }

    public InputRejectedException(String message, Throwable cause) {
        super(message, cause);
    }
}
