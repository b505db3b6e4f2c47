package io.kiln.tomography.cpu;

import io.kiln.tomography.SliceSizes;
import io.kiln.tomography.TomographyPlan;
import java.util.List;

/**
 * What slabs and workers need of memory.
 *
 * @param content of the slabs
 * @param partRows detector rows that are read at once beside the slabs; 0 where they are read into these
 * @param directBytes of what is read into, in direct buffers, beside the slabs
 * @param directBytesPerUnit of input, in direct buffers
 * @param heapBytesPerUnit of output and prepared input
 * @param heapBytesPerSlab of prepared input beside that of its units
 * @param workerBytes of one worker's own arrays, without its workspace
 * @param sharedBytes of what all workers read
 * @param pixelsPerUnit of output
 * @param rowsPerUnit detector rows
 */
record SlabNeeds(
        Content content,
        int partRows,
        long directBytes,
        long directBytesPerUnit,
        long heapBytesPerUnit,
        long heapBytesPerSlab,
        long workerBytes,
        long sharedBytes,
        long pixelsPerUnit,
        int rowsPerUnit) {
    /** What slabs hold of the input. */
    enum Content {
        COUNTS,
        SINOGRAMS
    }

    /** What comes into question for a plan, the best first. */
    static List<SlabNeeds> of(TomographyPlan plan, SliceSizes sizes, SlabMemory memory) {
        SlabNeeds sinograms = ofSinograms(plan, sizes, sizes.rowsWithin(memory.partBytes()));
        return plan.isTry() ? List.of(sinograms) : List.of(ofCounts(plan, sizes), sinograms);
    }

    /** Units are slices: each is read, prepared and computed for itself. */
    private static SlabNeeds ofCounts(TomographyPlan plan, SliceSizes sizes) {
        return new SlabNeeds(
                Content.COUNTS,
                0,
                0,
                sizes.countBytes(),
                Float.BYTES * (long) plan.pixels(),
                0,
                2 * sizes.sinogramBytes() + sizes.scratchBytes(),
                sizes.fieldBytes(),
                plan.pixels(),
                plan.parameters().pixelsPerBin());
    }

    /** Units are images: one slice is read and prepared for all its centres. A slab of several centres may begin and end within a slice. */
    private static SlabNeeds ofSinograms(TomographyPlan plan, SliceSizes sizes, int partRows) {
        int centers = plan.centersPerSlice();
        long sinogramBytes = sizes.sinogramBytes();
        return new SlabNeeds(
                Content.SINOGRAMS,
                partRows,
                partRows * sizes.rowBytes(),
                0,
                Float.BYTES * (long) plan.pixels() + sinogramBytes / centers,
                centers == 1 ? 0 : 2 * sinogramBytes,
                0,
                sizes.fieldBytes() + sizes.scratchBytes() + sinogramBytes,
                plan.pixels(),
                plan.isTry() ? 1 : plan.parameters().pixelsPerBin());
    }
}
