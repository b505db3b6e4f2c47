package io.kiln.notification;

/** Nothing can be written of an occurrence, now or later. */
class UntellableException extends RuntimeException {
    private final transient Occurrence occurrence;

    UntellableException(Occurrence occurrence, RuntimeException cause) {
        super("nobody can be told of " + occurrence + ": " + cause.getMessage(), cause);
        this.occurrence = occurrence;
    }

    Occurrence occurrence() {
        return occurrence;
    }
}
