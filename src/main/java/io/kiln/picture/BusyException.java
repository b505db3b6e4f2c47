package io.kiln.picture;

/** Too much is asked for at once; the same will do later. */
public class BusyException extends RuntimeException {
    public BusyException(String message) {
        super(message);
    }
}
