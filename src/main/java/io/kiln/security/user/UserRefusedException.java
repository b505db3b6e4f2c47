package io.kiln.security.user;

/** Something that cannot be done to a user; the message says why, and what to do. */
public class UserRefusedException extends RuntimeException {
    private final Reason reason;

    /** What is in the way. */
    public enum Reason {
        /** The name or the password cannot be one. */
        NOT_ACCEPTABLE,

        /** There is no such user. */
        UNKNOWN,

        /** There is one of that name already. */
        TAKEN,

        /** Nobody could change users any more. */
        LAST_ADMINISTRATOR
    }

    public UserRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
