package io.kiln.job;

/** This execution no longer holds the run: another attempt was claimed, or the run was taken away. It must write nothing more. */
public class LostRunException extends RuntimeException {
    public LostRunException(Attempt attempt) {
        super("attempt " + attempt.number() + " no longer holds run " + attempt.run());
    }
}
