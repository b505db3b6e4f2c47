package io.kiln.device;

/**
 * The device, or everything that was kept on it, is gone: each further call to it fails as well. What was begun on it is to be begun anew after
 * {@link Device#recover()}, or elsewhere.
 */
public class DeviceLostException extends RuntimeException {
    private final transient DeviceId device;

    public DeviceLostException(DeviceId device, String message) {
        super(message);
        this.device = device;
    }

    public DeviceId device() {
        return device;
    }
}
