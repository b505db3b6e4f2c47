package io.kiln.device;

/** One thing that slabs are computed on. Thread-safe. Pipelines choose their implementation by its type. */
public interface Device {
    DeviceId id();

    /** What people read, for example the processor's or the GPU's name. */
    String title();

    /** Bytes of memory that the slabs in flight on this device may take together. */
    long memoryBytes();
}
