package io.kiln.tomography.cuda;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.tomography.SliceSizes;
import io.kiln.tomography.TomographyPlan;
import io.kiln.tomography.reconstruction.Filtering;
import io.kiln.tomography.reconstruction.Grid;
import io.kiln.tomography.reconstruction.ProjectionFilter;
import io.kiln.tomography.reconstruction.ReconstructionAlgorithm;
import io.kiln.volume.SampleType;

/** How much of everything reconstructing a plan's slices on a GPU takes. Sizes are in bytes unless they say otherwise. */
final class ReconstructionSizes {
    /** Slices that are computed together. */
    static final int QUAD = 4;

    /** Two pairs of slices, a complex number of each. */
    static final int QUAD_BYTES = 4 * Float.BYTES;

    /** A band of a slice's spectrum stays in the level 2 cache of the GPUs that laboratories have. */
    private static final long BAND_BYTES = 32L << 20;

    /** So that what follows begins where any type of element may begin. */
    private static final long ALIGNMENT = 256;

    private final TomographyPlan plan;
    private final SliceSizes sizes;
    private final int width;
    private final int length;
    private final Grid grid;

    /** @throws InputRejectedException when lines are longer than the kernels transform */
    ReconstructionSizes(TomographyPlan plan, SliceSizes sizes) {
        this.plan = plan;
        this.sizes = sizes;
        this.width = plan.width();
        Filtering filtering = sizes.filtering();
        this.length = ProjectionFilter.length(width, filtering);
        this.grid = Grid.of(width);
        int longest = Math.max(length, algorithm() == ReconstructionAlgorithm.FOURIERREC ? grid.cells() : 0);
        if (longest > LineBlocks.LONGEST) {
            throw new InputRejectedException(width + " columns padded by " + filtering.padding() + " make lines of "
                    + longest + " values, but a GPU transforms at most " + LineBlocks.LONGEST
                    + ": lower padding, bin or crop the scan, or let it run on the processor");
        }
    }

    ReconstructionAlgorithm algorithm() {
        return plan.parameters().reconstructionAlgorithm();
    }

    int projections() {
        return sizes.projections();
    }

    /** Columns of a sinogram; rows and columns of a slice. */
    int width() {
        return width;
    }

    /** Values of a padded projection. */
    int length() {
        return length;
    }

    Grid grid() {
        return grid;
    }

    /** Columns of a filtered projection: the circle's diameter, one for interpolation on either side and one for an odd width. */
    int filteredColumns() {
        return width + 4;
    }

    /** The column of the first one, counted from the axis. */
    int lowestColumn() {
        return -width / 2 - 1;
    }

    /** Lines of a spectrum that are gathered together. */
    int bandLines() {
        long lines = BAND_BYTES / (2L * grid.cells() * QUAD_BYTES);
        return (int) Math.max(1, Math.min(lines, grid.half() + 1));
    }

    long sinograms() {
        return QUAD * sizes.sinogramBytes();
    }

    long spectra() {
        return (long) projections() * length * QUAD_BYTES;
    }

    long band() {
        return 2L * bandLines() * grid.cells() * QUAD_BYTES;
    }

    long rows() {
        return (long) width * grid.cells() * QUAD_BYTES;
    }

    long filtered() {
        return (long) projections() * filteredColumns() * QUAD_BYTES;
    }

    /** One image, before it is converted. */
    long floatImage() {
        return (long) Float.BYTES * plan.pixels();
    }

    /** Four images, before they are converted. */
    long images() {
        return QUAD * floatImage();
    }

    SampleType sampleType() {
        return plan.parameters().dtype();
    }

    /** One image as it is written. */
    long output() {
        return (long) plan.pixels() * sampleType().bytes();
    }

    /** The counts of one slice. */
    long counts() {
        return sizes.countBytes();
    }

    /** The counts of one slice, and what is left free behind them. */
    long alignedCounts() {
        return (counts() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** The filter and the phase of one centre. */
    long response() {
        return (long) length / 2 * 2 * Float.BYTES;
    }

    /** How many slices the units of a slab of a try may be of. */
    int slicesOfTry(int units) {
        int centers = plan.centersPerSlice();
        return Math.min(plan.units() / centers, (units + centers - 2) / centers + 1);
    }

    /** What goes to the device for a slab. */
    long slabInput(int units) {
        return plan.isTry() ? slicesOfTry(units) * alignedCounts() + units * response() : units * counts();
    }

    /** What comes from the device for a slab. */
    long slabOutput(int units) {
        return units * output();
    }

    /** What is on the device whatever slabs are like. */
    long fixed() {
        long work = sinograms() + spectra();
        if (plan.isTry()) {
            work += 2 * spectra();
        }
        work += algorithm() == ReconstructionAlgorithm.FOURIERREC ? band() + rows() : filtered();
        if (sampleType() != SampleType.FLOAT32) {
            work += images();
        }
        long tables = sizes.fieldBytes() + 2L * Float.BYTES * width * plan.slices() + LineBlocks.rootsBytes();
        return work + tables + response() + 64L * projections();
    }

    int units() {
        return plan.units();
    }

    int rowsPerUnit() {
        return plan.isTry() ? 1 : plan.parameters().pixelsPerBin();
    }
}
