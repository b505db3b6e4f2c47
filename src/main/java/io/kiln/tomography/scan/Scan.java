package io.kiln.tomography.scan;

import io.kiln.pipeline.InputIdentity;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.volume.ElementType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An open scan. Numbers of projections, rows and columns count from 0 in detector pixels, whatever part is read. Thread-safe; a channel closes when a
 * thread that reads from it is interrupted.
 */
public final class Scan implements AutoCloseable {
    private final ImageStack projections;
    private final Optional<ReferenceImages> flats;
    private final Optional<ReferenceImages> darks;
    private final Optional<double[]> theta;
    private final Map<Path, InputIdentity> identities;
    private final List<AutoCloseable> open;

    Scan(
            ImageStack projections,
            Optional<ReferenceImages> flats,
            Optional<ReferenceImages> darks,
            Optional<double[]> theta,
            Map<Path, InputIdentity> identities,
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
                                ? "the scan is not finished or was broken off; end the range of projections before"
                                : "there are projections that nobody knows the angle of; remove them or add angles"));
            }
        });
        return theta.map(double[]::clone);
    }

    /** What tells that each file of the scan is still the same, as it was when the scan was opened. */
    public Map<Path, InputIdentity> identities() {
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

    @Override
    public void close() throws IOException {
        Closing.all(open);
    }
}
