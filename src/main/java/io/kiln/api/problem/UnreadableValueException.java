package io.kiln.api.problem;

/** A value of an address is not what it must be. The message says what that is, to go behind "but must be". */
public class UnreadableValueException extends IllegalArgumentException {
    public UnreadableValueException(String expected) {
        super(expected);
    }

    public UnreadableValueException(String expected, Throwable cause) {
        super(expected, cause);
    }
}
