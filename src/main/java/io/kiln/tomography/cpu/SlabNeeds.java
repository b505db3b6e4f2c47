package io.kiln.tomography.cpu;

import io.kiln.tomography.SliceSizes;
import io.kiln.tomography.TomographyPlan;

/**
 * What a slab and a worker need of memory.
 *
 * @param directBytesPerUnit of input, in direct buffers
 * @param heapBytesPerUnit of output and prepared input
 * @param workerBytes of one worker's own arrays, without its workspace
 * @param sharedBytes of what all workers read
 * @param pixelsPerUnit of output
 * @param rowsPerUnit detector rows
 */
record SlabNeeds(
        long directBytesPerUnit,
        long heapBytesPerUnit,
        long workerBytes,
        long sharedBytes,
        long pixelsPerUnit,
        int rowsPerUnit) {
    /** Units are slices: each is read, prepared and computed for itself. */
    static SlabNeeds ofFull(TomographyPlan plan, SliceSizes sizes) {
        return new SlabNeeds(
                sizes.countBytes(),
                Float.BYTES * (long) plan.pixels(),
                2 * sizes.sinogramBytes() + sizes.scratchBytes(),
                sizes.fieldBytes(),
                plan.pixels(),
                plan.parameters().pixelsPerBin());
    }

    /** Units are images: one slice is read and prepared for all its centres. */
    static SlabNeeds ofTry(TomographyPlan plan, SliceSizes sizes) {
        long sinogramBytes = sizes.sinogramBytes();
        return new SlabNeeds(
                0,
                Float.BYTES * (long) plan.pixels() + sinogramBytes / plan.centersPerSlice(),
                0,
                sizes.fieldBytes()
                        + sizes.scratchBytes()
                        + sizes.countBytes()
                        + (2 * SlabLayout.SLOTS + 1) * sinogramBytes,
                plan.pixels(),
                1);
    }
}
