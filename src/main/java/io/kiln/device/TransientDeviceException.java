package io.kiln.device;

/** The device failed on a slab, and the same slab may succeed when it is submitted again. */
public class TransientDeviceException extends RuntimeException {
    public TransientDeviceException(String message) {
        super(message);
    }

    public TransientDeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}
