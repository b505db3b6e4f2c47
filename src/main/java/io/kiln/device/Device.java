package io.kiln.device;

import java.util.Optional;

/** One thing that slabs are computed on. Thread-safe. Pipelines choose their implementation by its type. */
public interface Device {
    DeviceId id();

    /** What people read, for example the processor's or the GPU's name. */
    String title();

    /** Bytes of memory that the slabs in flight on this device may take together. */
    long memoryBytes();

    /** How many devices, this one included, divide the heap and the direct buffers of the process among them; at least 1. */
    int sharing();

    /**
     * Brings the device back after a {@link DeviceLostException} and tries it out. Everything that was kept on it is gone; nobody may use it meanwhile.
     *
     * @return why the device is not to be used any more; empty when it works
     */
    default Optional<String> recover() {
        return Optional.empty();
    }
}
