package io.kiln.device;

/** The device has not as much memory free as was asked for. Nothing is lost: asking for less may succeed, or asking later, when others have given some back. */
public class OutOfDeviceMemoryException extends RuntimeException {
    private final transient DeviceId device;

    public OutOfDeviceMemoryException(DeviceId device, String message) {
        super(message);
        this.device = device;
    }

    public DeviceId device() {
        return device;
    }
}
