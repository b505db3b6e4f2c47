package io.kiln.tomography.scan;

import io.kiln.pipeline.FileIdentity;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.UnitRange;
import io.kiln.volume.ElementType;
import io.kiln.volume.StoppableArray;
import io.kiln.volume.spool.SpoolLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An open scan. Numbers of projections, rows and columns count from 0 in detector pixels, whatever part is read. Thread-safe; a channel closes when a
 * thread that reads from it is interrupted.
 */
public final class Scan implements AutoCloseable {
    private final ImageStack projections;
    private final Optional<ReferenceImages> flats;
    private final Optional<ReferenceImages> darks;
    private final Optional<double[]> theta;
    private final Map<Path, FileIdentity> identities;
    private final List<AutoCloseable> open;

    Scan(
            ImageStack projections,
            Optional<ReferenceImages> flats,
            Optional<ReferenceImages> darks,
            Optional<double[]> theta,
            Map<Path, FileIdentity> identities,
            List<AutoCloseable> open) {
        this.projections = projections;
        this.flats = flats;
        this.darks = darks;
        this.theta = theta;
        this.identities = Map.copyOf(identities);
        this.open = open;
    }

    /** @throws InputRejectedException when a file is missing, is no whole HDF5 file, or holds no scan that can be read */
    public static Scan open(ScanFiles files) throws IOException {
        return new ScanOpening(files).open();
    }

    /** Number of projections that are stored. */
    public int projections() {
        return projections.images();
    }

    /** Height of the detector in pixels. */
    public int rows() {
        return projections.rows();
    }

    /** Width of the detector in pixels. */
    public int columns() {
        return projections.columns();
    }

    public ElementType type() {
        return projections.array().type();
    }

    public ImageStack stack() {
        return projections;
    }

    /** Absent where the scan has none. */
    public Optional<ReferenceImages> flats() {
        return flats;
    }

    /** Absent where the scan has none. */
    public Optional<ReferenceImages> darks() {
        return darks;
    }

    /** Whether every projection that the angles announce is there. */
    public Completeness completeness() {
        return new Completeness(projections(), theta.map(angles -> angles.length));
    }

    /**
     * The angle of each projection in degrees, empty where the scan does not tell.
     *
     * @throws InputRejectedException when there are more or fewer angles than projections
     */
    public Optional<double[]> anglesDegrees() {
        theta.ifPresent(angles -> {
            if (angles.length != projections()) {
                throw new InputRejectedException(projections + " has " + projections() + " projections, but "
                        + ScanOpening.THETA + " has " + angles.length + " angles: "
                        + (angles.length > projections()
                                ? "the scan is not finished or was broken off; wait until it is, or set endProj to "
                                        + projections() + " or less to use what is there"
                                : "nobody knows the angle of the last ones; add angles, or set endProj to "
                                        + angles.length + " or less to leave them out"));
            }
        });
        return theta.map(double[]::clone);
    }

    /**
     * The angles of the projections before {@code end}, in degrees, whatever is missing of the scan behind them; empty where the scan does not tell.
     *
     * @throws InputRejectedException when one of these projections, or its angle, is missing
     */
    public Optional<double[]> anglesDegreesBefore(int end) {
        theta.ifPresent(angles -> {
            if (end > angles.length) {
                throw new InputRejectedException("projections up to " + (end - 1) + " are selected, but "
                        + ScanOpening.THETA + " of " + projections.file() + " has " + angles.length
                        + " angles: set endProj to " + angles.length + " or less");
            }
        });
        return theta.map(angles -> Arrays.copyOf(angles, end));
    }

    /** What tells that each file of the scan is still the same, as it was when the scan was opened. */
    public Map<Path, FileIdentity> identities() {
        return identities;
    }

    /**
     * A reader of a part of the scan.
     *
     * @throws InputRejectedException when the window reaches beyond the scan
     */
    public ScanReader reader(ScanWindow window) {
        return new ScanReader(projections, window);
    }

    /**
     * True where slabs of so many rows would decompress the same data again and again, because it is stored in blocks of more rows.
     *
     * @param slabRows rows that are read at once
     */
    public boolean isSpoolAdvised(int slabRows) {
        return Stream.concat(
                        Stream.of(projections),
                        Stream.concat(flats.stream(), darks.stream()).map(ReferenceImages::stack))
                .anyMatch(stack -> stack.rowsDecodedTogether() > slabRows);
    }

    /**
     * The same scan with a part of it decompressed into files. Files that an earlier attempt completed are used again. Closing the result closes this
     * scan too.
     *
     * @param folder for the files, which exists
     * @param window what is needed of each projection
     * @param rows what is needed of the detector
     * @throws InputRejectedException when damage leaves no detector row whole, with the images to leave out
     * @throws IOException when there is no space
     * @throws java.util.concurrent.CancellationException when it was asked to stop
     */
    public Scan spooled(Path folder, ScanWindow window, UnitRange rows, SpoolLimits limits)
            throws IOException, InterruptedException {
        ScanSpool spool = new ScanSpool(folder, window, rows, limits);
        List<AutoCloseable> all = new ArrayList<>(open);
        boolean done = false;
        try {
            ImageStack spooled = spool.projections(projections, all);
            Optional<ReferenceImages> spooledFlats = spool.references("flats", flats, all);
            Optional<ReferenceImages> spooledDarks = spool.references("darks", darks, all);
            done = true;
            return new Scan(spooled, spooledFlats, spooledDarks, theta, identities, all);
        } finally {
            if (!done) {
                Closing.all(all.subList(open.size(), all.size()));
            }
        }
    }

    /** The same scan, of which nothing more is read when it is asked to stop: reading then throws a CancellationException. Closing the result closes this scan. */
    public Scan stoppable(BooleanSupplier stopRequested) {
        UnaryOperator<ImageStack> stoppable = stack -> stack.with(new StoppableArray(stack.array(), stopRequested));
        return new Scan(
                stoppable.apply(projections),
                flats.map(images -> new ReferenceImages(stoppable.apply(images.stack()))),
                darks.map(images -> new ReferenceImages(stoppable.apply(images.stack()))),
                theta,
                identities,
                open);
    }

    @Override
    public void close() throws IOException {
        Closing.all(open);
    }
}
