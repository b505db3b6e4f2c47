package io.kiln.volume.hdf5;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The HDF5 files of the test resources, made by make.py. */
public final class Fixture {
    public static final int PROJECTIONS = 12;
    public static final int ROWS = 7;
    public static final int COLUMNS = 9;

    private Fixture() {}

    public static Path file(String name) {
        try {
            return Path.of(Fixture.class.getResource("/hdf5/" + name + ".h5").toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The element of every array that make.py writes. */
    public static float value(int projection, int row, int column) {
        return 100 * projection + 10 * row + column;
    }
}
