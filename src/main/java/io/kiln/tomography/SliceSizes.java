package io.kiln.tomography;

import io.kiln.tomography.reconstruction.Filtering;
import io.kiln.tomography.reconstruction.Reconstructor;
import io.kiln.tomography.reconstruction.ScanGeometry;
import io.kiln.volume.ElementType;

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
        return ((long) selection.count() * plan.region().columns() * type.bytes()) << binning;
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
        return 3L * Float.BYTES * plan.region().rows() * plan.region().columns();
    }
}
