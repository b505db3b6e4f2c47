package io.kiln.tomography;

import io.kiln.volume.SampleType;
import io.kiln.volume.hdf5.ArrayForm;
import io.kiln.volume.hdf5.Hdf5Arrays;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Small scans of a disc in the middle, as 32-bit floats, with something wrong. */
final class Scans {
    static final int PROJECTIONS = 90;
    static final int ROWS = 2;
    static final int COLUMNS = 64;
    static final double ATTENUATION = 0.02;
    static final double RADIUS = 20;
    static final double CENTER = 32;

    private Scans() {}

    /** What is wrong. */
    static final class Change {
        private final List<Integer> deadFrames = new ArrayList<>();
        private final List<Integer> lostFrames = new ArrayList<>();
        private final List<Integer> deadPixels = new ArrayList<>();
        private float flat = 1000;
        private int flats = 2;
        private boolean hasFlats = true;
        private boolean hasDarks = true;
        private boolean hasTheta = true;
        private int angles = PROJECTIONS;
        private double range = 180;

        Change deadFrames(Integer... frames) {
            deadFrames.addAll(Arrays.asList(frames));
            return this;
        }

        /** Frames without a number. */
        Change lostFrames(Integer... frames) {
            lostFrames.addAll(Arrays.asList(frames));
            return this;
        }

        Change deadPixels(Integer... columns) {
            deadPixels.addAll(Arrays.asList(columns));
            return this;
        }

        Change flat(float value) {
            flat = value;
            return this;
        }

        Change flats(int count) {
            flats = count;
            return this;
        }

        Change withoutFlats() {
            hasFlats = false;
            return this;
        }

        Change withoutDarks() {
            hasDarks = false;
            return this;
        }

        Change withoutTheta() {
            hasTheta = false;
            return this;
        }

        Change angles(int count) {
            angles = count;
            return this;
        }

        Change range(double degrees) {
            range = degrees;
            return this;
        }
    }

    static void write(Path file, Change change) throws IOException {
        List<ArrayForm> arrays = new ArrayList<>();
        List<float[]> values = new ArrayList<>();
        add(arrays, values, "data", List.of(PROJECTIONS, ROWS, COLUMNS), data(change));
        if (change.hasFlats) {
            float[] flats = new float[change.flats * ROWS * COLUMNS];
            Arrays.fill(flats, change.flat);
            for (int i = 0; i < flats.length; i++) {
                if (change.deadPixels.contains(i % COLUMNS)) {
                    flats[i] = i % 2 == 0 ? 0 : Float.NaN;
                }
            }
            add(arrays, values, "data_white", List.of(change.flats, ROWS, COLUMNS), flats);
        }
        if (change.hasDarks) {
            add(arrays, values, "data_dark", List.of(2, ROWS, COLUMNS), new float[2 * ROWS * COLUMNS]);
        }
        if (change.hasTheta) {
            float[] theta = new float[change.angles];
            for (int i = 0; i < theta.length; i++) {
                theta[i] = (float) (change.range * i / PROJECTIONS);
            }
            add(arrays, values, "theta", List.of(theta.length), theta);
        }
        try (Hdf5Arrays out = Hdf5Arrays.create(file, arrays)) {
            for (int i = 0; i < arrays.size(); i++) {
                ByteBuffer bytes = ByteBuffer.allocate(4 * values.get(i).length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(values.get(i));
                out.write(i, 0, bytes);
            }
        }
    }

    private static void add(
            List<ArrayForm> arrays, List<float[]> values, String name, List<Integer> shape, float[] content) {
        arrays.add(new ArrayForm(name, shape, SampleType.FLOAT32, Map.of()));
        values.add(content);
    }

    private static float[] data(Change change) {
        float[] data = new float[PROJECTIONS * ROWS * COLUMNS];
        for (int i = 0; i < data.length; i++) {
            int column = i % COLUMNS;
            double away = column - CENTER;
            double path = 2 * Math.sqrt(Math.max(0, RADIUS * RADIUS - away * away));
            boolean isLit = !change.deadFrames.contains(i / (ROWS * COLUMNS)) && !change.deadPixels.contains(column);
            data[i] = isLit ? (float) (1000 * Math.exp(-ATTENUATION * path)) : 0;
            if (change.lostFrames.contains(i / (ROWS * COLUMNS))) {
                data[i] = Float.NaN;
            }
        }
        return data;
    }
}
