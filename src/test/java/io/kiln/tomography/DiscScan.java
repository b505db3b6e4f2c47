package io.kiln.tomography;

import io.kiln.pipeline.UnitRange;
import io.kiln.volume.SampleType;
import io.kiln.volume.hdf5.ArrayForm;
import io.kiln.volume.hdf5.Hdf5Arrays;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A small scan of two discs with noise, zingers, dead pixels and counts that are no numbers, stored in any way that scans are.
 *
 * @param degrees from the first projection to one past the last
 * @param unlit rows that no light falls on
 */
record DiscScan(
        int projections,
        int rows,
        int columns,
        double center,
        double degrees,
        SampleType type,
        String axes,
        Optional<UnitRange> unlit) {
    private static final int REFERENCES = 4;
    private static final int DEAD_COLUMN = 5;

    static DiscScan of(int projections, int rows, int columns, double center) {
        return new DiscScan(projections, rows, columns, center, 180, SampleType.UINT16, "theta:y:x", Optional.empty());
    }

    DiscScan over(double range) {
        return new DiscScan(projections, rows, columns, center, range, type, axes, unlit);
    }

    DiscScan stored(SampleType otherType, String otherAxes) {
        return new DiscScan(projections, rows, columns, center, degrees, otherType, otherAxes, unlit);
    }

    DiscScan withoutLightOn(int row) {
        return withoutLightOn(new UnitRange(row, row + 1));
    }

    DiscScan withoutLightOn(UnitRange unlitRows) {
        return new DiscScan(projections, rows, columns, center, degrees, type, axes, Optional.of(unlitRows));
    }

    Path write(Path file) throws IOException {
        boolean byProjection = axes.startsWith("theta");
        List<Integer> shape = byProjection ? List.of(projections, rows, columns) : List.of(rows, projections, columns);
        List<ArrayForm> arrays = List.of(
                new ArrayForm("data", shape, type, Map.of("axes", axes)),
                new ArrayForm("data_white", List.of(REFERENCES, rows, columns), type, Map.of()),
                new ArrayForm("data_dark", List.of(REFERENCES, rows, columns), type, Map.of()),
                new ArrayForm("theta", List.of(projections), SampleType.FLOAT32, Map.of()));
        SplittableRandom random = new SplittableRandom(columns);
        try (Hdf5Arrays out = Hdf5Arrays.create(file, arrays)) {
            ByteBuffer data = buffer(projections * rows * columns);
            for (int i = 0; i < projections * rows; i++) {
                int projection = byProjection ? i / rows : i % projections;
                int row = byProjection ? i % rows : i / projections;
                for (int column = 0; column < columns; column++) {
                    put(data, count(projection, row, column, random));
                }
            }
            out.write(0, 0, data.flip());
            ByteBuffer flats = buffer(REFERENCES * rows * columns);
            ByteBuffer darks = buffer(REFERENCES * rows * columns);
            for (int i = 0; i < REFERENCES * rows * columns; i++) {
                // the beam becomes brighter, which a linear flat field takes up
                double image = (double) i / (rows * columns);
                int row = i / columns % rows;
                boolean isDark = i % columns == DEAD_COLUMN
                        || unlit.stream().anyMatch(range -> row >= range.from() && row < range.to());
                put(flats, isDark ? 0 : beam(i % columns) * (1 + 0.02 * image));
                put(darks, dark());
            }
            out.write(1, 0, flats.flip());
            out.write(2, 0, darks.flip());
            ByteBuffer theta = ByteBuffer.allocate(4 * projections).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < projections; i++) {
                theta.putFloat((float) (degrees * i / projections));
            }
            out.write(3, 0, theta.flip());
        }
        return file;
    }

    private ByteBuffer buffer(int elements) {
        return ByteBuffer.allocate(elements * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private double full() {
        return type == SampleType.UINT8 ? 240 : 40_000;
    }

    private double dark() {
        return type == SampleType.UINT8 ? 3 : 100;
    }

    private double beam(int column) {
        return full() * (0.8 + 0.1 * Math.cos(0.2 * column));
    }

    private double count(int projection, int row, int column, SplittableRandom random) {
        double chance = random.nextDouble();
        if (chance < 0.002) {
            return type == SampleType.FLOAT32 && chance < 0.001 ? Double.NaN : full() * 1.05;
        }
        double angle = Math.toRadians(degrees * projection / projections);
        double size = columns * (0.1 + 0.01 * row);
        double integral = chord(column, angle, columns * 0.12, columns * 0.07, size)
                + chord(column, angle, -columns * 0.2, columns * 0.1, size / 2);
        return dark() + (beam(column) - dark()) * Math.exp(-integral / columns) * (0.99 + 0.02 * random.nextDouble());
    }

    private double chord(int column, double angle, double x, double y, double radius) {
        double away = column - center - x * Math.cos(angle) - y * Math.sin(angle);
        return 2 * Math.sqrt(Math.max(0, radius * radius - away * away)) * 3;
    }

    private void put(ByteBuffer buffer, double value) {
        switch (type) {
            case UINT8 -> buffer.put((byte) Math.round(value));
            case UINT16 -> buffer.putShort((short) Math.round(value));
            case FLOAT32 -> buffer.putFloat((float) value);
        }
    }
}
