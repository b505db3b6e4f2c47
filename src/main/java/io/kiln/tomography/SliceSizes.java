package io.kiln.tomography;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.tomography.reconstruction.Filtering;
import io.kiln.tomography.reconstruction.Grid;
import io.kiln.tomography.reconstruction.ProjectionFilter;
import io.kiln.tomography.reconstruction.Reconstructor;
import io.kiln.tomography.reconstruction.ScanGeometry;
import io.kiln.volume.ElementType;
import java.util.stream.LongStream;

/** How much a slice of a plan is, as it is read, prepared and computed: what slabs are fitted into a device's memory by. Known before anything is read. */
public final class SliceSizes {
    private static final long PART_BYTES = 64L << 20;

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
    void requireArrays() {
        int width = plan.width();
        long padded = ProjectionFilter.length(width, filtering());
        long cells = Grid.of(width).cells();
        LongStream values = LongStream.of(
                2L * width * width,
                2L * (width + 1) * cells,
                (long) selection.count() * plan.region().columns(),
                2L * selection.count() * padded);
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

    /** Detector rows of one slice that are read at once where its counts are not kept: all of them if they are not too much. */
    public int partRows() {
        return (int) Math.max(1, Math.min(1L << binning, PART_BYTES / rowBytes()));
    }

    /** Bytes of the counts of {@link #partRows()}. */
    public long partBytes() {
        return partRows() * rowBytes();
    }

    private long rowBytes() {
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

    /** Bytes of flats and darks: of two flats where they change. */
    public long fieldBytes() {
        return (plan.parameters().flatLinear() ? 3L : 2L)
                * Float.BYTES
                * plan.region().rows()
                * plan.region().columns();
    }
}
