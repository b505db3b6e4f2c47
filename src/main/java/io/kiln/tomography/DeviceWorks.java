package io.kiln.tomography;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.SlabWork;
import io.kiln.volume.spool.SpoolLimits;

/** The works of tomography on one device. Each kind of device has an implementation of its own; {@link TomographyRuns} chooses it. */
public interface DeviceWorks {
    /** What opening a scan may take of the host where blocks of it are still to be decompressed. */
    SpoolLimits spoolLimits();

    /**
     * A full reconstruction: units are slices. The work takes over source and output: they are closed with it.
     *
     * @throws InputRejectedException when not even the smallest slab fits the device
     */
    SlabWork<?> full(TomographyPlan plan, SliceSource source, OutputImages output);

    /**
     * A try: units are the plan's images. The work takes over source and output: they are closed with it.
     *
     * @throws InputRejectedException when not even the smallest slab fits the device
     */
    SlabWork<?> tryCenters(TomographyPlan plan, SliceSource source, OutputImages output);
}
