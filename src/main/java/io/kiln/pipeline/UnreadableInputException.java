package io.kiln.pipeline;

/** One slab of the input cannot be read; the others may be. The slab is skipped: written as NaN and recorded. */
public class UnreadableInputException extends RuntimeException {
    public UnreadableInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
