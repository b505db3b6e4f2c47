package io.kiln.worker;

/** A command cannot do what it was asked. The message is for whoever called it: what, with which value, and what to do. */
final class WorkerFailure extends RuntimeException {
    private final transient ExitStatus status;

    WorkerFailure(ExitStatus status, String message) {
        super(message);
        this.status = status;
    }

    ExitStatus status() {
        return status;
    }
}
