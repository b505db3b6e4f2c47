package io.kiln.tomography;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.tomography.preprocessing.ReferenceFields;
import io.kiln.tomography.reconstruction.Filtering;
import io.kiln.tomography.reconstruction.ProjectionFilter;
import io.kiln.tomography.reconstruction.Reconstructor;
import io.kiln.tomography.reconstruction.ScanGeometry;
import io.kiln.volume.ElementType;
import java.util.stream.LongStream;

/** How much a slice of a plan is, as it is read, prepared and computed: what slabs are fitted into a device's memory by. Known before anything is read. */
public final class SliceSizes {
    private final TomographyPlan plan;
    private final ProjectionSelection selection;
    private final ElementType type;
    private final int binning;

    /**
     * @param selection the projections that are used, without dead ones
     * @param type of the scan's counts
     */
    SliceSizes(TomographyPlan plan, ProjectionSelection selection, ElementType type) {
        this.plan = plan;
        this.selection = selection;
        this.type = type;
        this.binning = plan.parameters().binning();
    }

    /** @throws InputRejectedException when slices need arrays that are longer than Java's can be, however much memory there is */
    public void requireArrays() {
        int width = plan.width();
        long padded = ProjectionFilter.length(width, filtering());
        LongStream values = LongStream.of(
                2L * width * width,
                (long) selection.count() * plan.region().columns(),
                Reconstructor.longestArray(
                        plan.parameters().reconstructionAlgorithm(), selection.count(), width, filtering()));
        if (values.anyMatch(length -> length > Integer.MAX_VALUE)) {
            throw new InputRejectedException("slices of " + width + " × " + width + " pixels of " + selection.count()
                    + " projections of " + plan.region().columns() + " columns, padded to " + padded
                    + ", need arrays of more than " + Integer.MAX_VALUE
                    + " values: bin or crop the scan, or lower padding");
        }
    }

    /** Makes slices of sinograms of this size; computes tables. */
    public Reconstructor reconstructor() {
        return Reconstructor.of(plan.parameters().reconstructionAlgorithm(), geometry(), filtering());
    }

    public ScanGeometry geometry() {
        return new ScanGeometry(plan.width(), selection.radians());
    }

    public Filtering filtering() {
        return TomographyPlan.filtering(plan.parameters(), plan.width());
    }

    /** Projections that a sinogram has. */
    public int projections() {
        return selection.count();
    }

    /** Bytes of the counts that one slice is made of. */
    public long countBytes() {
        return rowBytes() << binning;
    }

    /** Detector rows of one slice that fit into so many bytes of counts, one in any case. */
    public int rowsWithin(long bytes) {
        return (int) Math.max(1, Math.min(1L << binning, bytes / rowBytes()));
    }

    /** Bytes of the counts of one detector row. */
    public long rowBytes() {
        return (long) selection.count() * plan.region().columns() * type.bytes();
    }

    /** Values of a sinogram. */
    public int sinogramLength() {
        return Math.multiplyExact(selection.count(), plan.width());
    }

    /** Values of the array that preparing a sinogram needs beside. */
    public int scratchLength() {
        return binning == 0
                ? 0
                : Math.multiplyExact(selection.count(), plan.region().columns());
    }

    public long sinogramBytes() {
        return (long) Float.BYTES * sinogramLength();
    }

    public long scratchBytes() {
        return (long) Float.BYTES * scratchLength();
    }

    /** Bytes of flats and darks. */
    public long fieldBytes() {
        return ReferenceFields.bytes(plan.region(), TomographyPlan.correction(plan.parameters()));
    }
}
