package io.kiln.cli;

/** A command cannot do what it was asked. The message is for the person at the terminal: what, with which value, and what to do. */
public class CommandFailure extends RuntimeException {
    public CommandFailure(String message) {
        super(message);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
