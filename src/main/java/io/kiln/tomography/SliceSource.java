package io.kiln.tomography;

import io.kiln.tomography.preprocessing.Correction;
import io.kiln.tomography.preprocessing.ReferenceFields;
import io.kiln.tomography.preprocessing.SinogramPreparation;
import io.kiln.tomography.scan.Scan;
import io.kiln.tomography.scan.ScanReader;
import io.kiln.tomography.scan.SinogramSlab;
import io.kiln.tomography.scan.StoredCounts;
import io.kiln.volume.spool.SpoolLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A scan as its plan has settled it: reads the counts of slices and makes sinograms of them. Thread-safe. */
public final class SliceSource implements AutoCloseable {
    private final TomographyParameters parameters;
    private final Scan scan;
    private final ScanReader reader;
    private final SliceSizes sizes;
    private final SinogramPreparation preparation;

    private SliceSource(TomographyPlan plan, Scan scan, ProjectionSelection selection, ReferenceFields fields) {
        this.parameters = plan.parameters();
        this.scan = scan;
        this.sizes = new SliceSizes(plan, selection, scan.type());
        this.reader = scan.reader(
                selection.window(plan.region().fromColumn(), plan.region().toColumn()));
        this.preparation = new SinogramPreparation(fields, TomographyPlan.correction(parameters), selection.progress());
    }

    /**
     * Opens the scan again; what inspecting it has decompressed is used again.
     *
     * @throws io.kiln.pipeline.InputRejectedException when it is not the scan that was inspected any more
     */
    static SliceSource open(TomographyPlan plan, Path input, Path workFolder, SpoolLimits limits)
            throws IOException, InterruptedException {
        TomographyParameters parameters = plan.parameters();
        Scan scan = ScanAccess.open(input, parameters);
        boolean done = false;
        try {
            ScanAccess.requireUnchanged(plan, scan.identities());
            ProjectionSelection selected = ProjectionSelection.of(parameters, scan);
            scan = ScanAccess.spooled(scan, workFolder, selected, plan.region(), limits);
            Correction correction = TomographyPlan.correction(parameters);
            ReferenceFields fields = ReferenceFields.read(scan, plan.region(), correction);
            SliceSource source = new SliceSource(plan, scan, selected.without(plan.deadFrames()), fields);
            done = true;
            return source;
        } finally {
            if (!done) {
                scan.close();
            }
        }
    }

    public SliceSizes sizes() {
        return sizes;
    }

    public float[] newSinogram() {
        return new float[sizes.sinogramLength()];
    }

    public float[] newScratch() {
        return new float[sizes.scratchLength()];
    }

    public SinogramSlab newCounts(int slices) {
        return reader.newSlab(slices * parameters.pixelsPerBin());
    }

    /** A slab of so many detector rows, for {@link #readSinogram}. */
    public SinogramSlab newPart(int rows) {
        return reader.newSlab(rows);
    }

    /** A slab of so many slices whose counts are kept in this buffer, from its position on, and nowhere else. */
    public SinogramSlab newCounts(int slices, ByteBuffer memory) {
        return reader.newSlab(slices * parameters.pixelsPerBin(), memory);
    }

    /** How a slab of so many slices keeps its counts. */
    public StoredCounts stored(int slices) {
        return reader.stored(slices * parameters.pixelsPerBin());
    }

    /** Makes sinograms of counts. */
    public SinogramPreparation preparation() {
        return preparation;
    }

    /** Reads the counts of the slices from {@code from} to before {@code to}. */
    public void read(int from, int to, SinogramSlab counts) throws IOException {
        reader.read(preparation.firstRow(from), preparation.firstRow(to), counts);
    }

    /** Makes a sinogram; false where no pixel of the slice is usable. */
    public boolean prepare(int slice, SinogramSlab counts, float[] sinogram, float[] scratch) {
        return preparation.prepare(slice, counts, sinogram, scratch);
    }

    /**
     * Reads the rows of a slice part by part and makes its sinogram of them: the same as {@link #prepare} makes of all its counts.
     *
     * @param part {@link #newPart()}
     * @return false where no pixel of the slice is usable
     */
    public boolean readSinogram(int slice, SinogramSlab part, float[] sinogram, float[] scratch) throws IOException {
        int end = preparation.firstRow(slice + 1);
        preparation.begin(sinogram);
        for (int row = preparation.firstRow(slice); row < end; row = part.toRow()) {
            reader.read(row, Math.min(end, row + part.capacity()), part);
            preparation.add(part.fromRow(), part.toRow(), part, sinogram, scratch);
        }
        return preparation.finish(slice, sinogram);
    }

    @Override
    public void close() throws IOException {
        scan.close();
    }
}
