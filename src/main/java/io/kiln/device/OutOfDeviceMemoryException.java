package io.kiln.device;

/** The device has not as much memory free as was asked for. Nothing is lost: asking for less may succeed. */
public class OutOfDeviceMemoryException extends RuntimeException {
    public OutOfDeviceMemoryException(String message) {
        super(message);
    }
}
