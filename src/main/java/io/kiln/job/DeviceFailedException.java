package io.kiln.job;

import io.kiln.device.DeviceId;
import io.kiln.pipeline.UnitRange;

/** A device failed on the same slab each time that it was submitted: the device, not the slab, is taken to be at fault. */
public class DeviceFailedException extends RuntimeException {
    private final transient DeviceId device;

    public DeviceFailedException(DeviceId device, UnitRange units, int times, Throwable cause) {
        super("device " + device + " failed " + times + " times on units " + units + ": " + cause.getMessage(), cause);
        this.device = device;
    }

    public DeviceId device() {
        return device;
    }
}
