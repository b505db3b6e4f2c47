package io.kiln.tomography.sample;

import io.kiln.volume.SampleType;
import io.kiln.volume.hdf5.ArrayForm;
import io.kiln.volume.hdf5.Hdf5Arrays;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A scan of a phantom of ellipses over half a turn, as a detector of 16 bits counts it. Row by row the phantom becomes smaller towards top and bottom. The
 * same values make the same bytes.
 *
 * @param projections over half a turn, its end excluded
 * @param rows of the detector
 * @param columns of the detector
 * @param center column of the axis of rotation
 * @param phantom what is scanned, in the middle row
 * @param beam counts of the open beam in the detector's middle
 * @param noise true for the noise of counting
 * @param zingers bright spots in each projection
 * @param seed of everything random
 */
public record SampleScan(
        int projections,
        int rows,
        int columns,
        double center,
        List<Ellipse> phantom,
        double beam,
        boolean noise,
        int zingers,
        long seed) {
    /** Counts without light. */
    public static final int DARK = 100;

    /** Numbers of flat fields and of dark fields. */
    public static final int REFERENCES = 10;

    private static final int LARGEST = 0xFFFF;
    private static final int DATA = 0;
    private static final int FLATS = 1;
    private static final int DARKS = 2;
    private static final int ANGLES = 3;

    public SampleScan {
        phantom = List.copyOf(phantom);
    }

    /** A scan for demonstrations: a body with holes and grains, its axis off the middle, with noise. */
    public static SampleScan demonstration() {
        return body(360, 64, 384, 203.5);
    }

    /** The body of the demonstration in any size. */
    public static SampleScan body(int projections, int rows, int columns, double center) {
        double unit = Math.min(center, columns - 1 - center) * 0.9;
        double attenuation = 1.5 / unit;
        List<Ellipse> body = List.of(
                new Ellipse(attenuation, 0.69, 0.92, 0, 0, 0),
                new Ellipse(-0.6 * attenuation, 0.65, 0.87, 0, -0.02, 0),
                new Ellipse(-0.3 * attenuation, 0.11, 0.31, 0.22, 0, -18),
                new Ellipse(-0.3 * attenuation, 0.16, 0.41, -0.22, 0, 18),
                new Ellipse(0.4 * attenuation, 0.21, 0.25, 0, 0.35, 0),
                new Ellipse(0.5 * attenuation, 0.046, 0.046, 0, 0.1, 0),
                new Ellipse(0.5 * attenuation, 0.046, 0.046, 0, -0.1, 0),
                new Ellipse(0.8 * attenuation, 0.046, 0.023, -0.08, -0.605, 0),
                new Ellipse(0.8 * attenuation, 0.023, 0.046, 0.06, -0.605, 0));
        List<Ellipse> scaled =
                body.stream().map(ellipse -> ellipse.scaled(unit)).toList();
        return new SampleScan(projections, rows, columns, center, scaled, 30_000, true, 0, 1);
    }

    /** One even disc, without noise. */
    public static SampleScan disc(int projections, int rows, int columns, double center, Ellipse disc) {
        return new SampleScan(projections, rows, columns, center, List.of(disc), 50_000, false, 0, 1);
    }

    public SampleScan withZingers(int count) {
        return new SampleScan(projections, rows, columns, center, phantom, beam, noise, count, seed);
    }

    /** Angle of a projection in degrees. */
    public double degrees(int projection) {
        return 180.0 * projection / projections;
    }

    /** How large the phantom is in a row, compared with the middle one. */
    public double scale(int row) {
        double height = rows == 1 ? 0 : 2.0 * row / (rows - 1) - 1;
        return Math.sqrt(1 - 0.5 * height * height);
    }

    /** Writes the scan as Data Exchange HDF5. */
    public void write(Path file) throws IOException {
        write(file, 0, rows);
    }

    /** Writes the scan with nothing but 0 outside some rows, which takes no space on most file systems. */
    public void write(Path file, int fromRow, int toRow) throws IOException {
        List<ArrayForm> arrays = List.of(
                images("data", projections, "theta:y:x"),
                images("data_white", REFERENCES, "theta_white:y:x"),
                images("data_dark", REFERENCES, "theta_dark:y:x"),
                new ArrayForm("theta", List.of(projections), SampleType.FLOAT32, Map.of("units", "deg")));
        try (Hdf5Arrays out = Hdf5Arrays.create(file, arrays)) {
            for (int i = 0; i < projections; i++) {
                writeImage(out, DATA, i, projection(i, fromRow, toRow), fromRow);
            }
            for (int i = 0; i < REFERENCES; i++) {
                writeImage(out, FLATS, i, flat(i, fromRow, toRow), fromRow);
                writeImage(out, DARKS, i, dark(i, fromRow, toRow), fromRow);
            }
            ByteBuffer theta = ByteBuffer.allocate(4 * projections).order(ByteOrder.LITTLE_ENDIAN);
            IntStream.range(0, projections).forEach(i -> theta.putFloat((float) degrees(i)));
            out.write(ANGLES, 0, theta.flip());
        }
    }

    private ArrayForm images(String name, int count, String axes) {
        return new ArrayForm(name, List.of(count, rows, columns), SampleType.UINT16, Map.of("axes", axes));
    }

    private void writeImage(Hdf5Arrays out, int array, int image, ByteBuffer counts, int fromRow) throws IOException {
        out.write(array, ((long) image * rows + fromRow) * columns, counts);
    }

    private ByteBuffer projection(int number, int fromRow, int toRow) {
        SplittableRandom random = new SplittableRandom(seed + number);
        Image image = new Image(toRow - fromRow);
        double[] line = new double[columns];
        for (int row = fromRow; row < toRow; row++) {
            Arrays.fill(line, 0);
            for (Ellipse ellipse : phantom) {
                ellipse.scaled(scale(row)).project(degrees(number), center, line);
            }
            for (int column = 0; column < columns; column++) {
                image.add(beam(row, column) * StrictMath.exp(-line[column]), random);
            }
        }
        for (int i = 0; i < zingers; i++) {
            image.counts.putShort(2 * random.nextInt((toRow - fromRow) * columns), (short) LARGEST);
        }
        return image.counts.flip();
    }

    private ByteBuffer flat(int number, int fromRow, int toRow) {
        SplittableRandom random = new SplittableRandom(seed - 1 - number);
        Image image = new Image(toRow - fromRow);
        for (int row = fromRow; row < toRow; row++) {
            for (int column = 0; column < columns; column++) {
                image.add(beam(row, column), random);
            }
        }
        return image.counts.flip();
    }

    private ByteBuffer dark(int number, int fromRow, int toRow) {
        SplittableRandom random = new SplittableRandom(~seed - number);
        Image image = new Image(toRow - fromRow);
        for (int i = 0; i < (toRow - fromRow) * columns; i++) {
            image.add(0, random);
        }
        return image.counts.flip();
    }

    /** The beam is brightest in the middle, and no two pixels are equally sensitive. */
    private double beam(int row, int column) {
        double x = 2.0 * column / columns - 1;
        int pixel = (row * 31 + column) * 0x9E3779B1;
        return beam * (1 - 0.3 * x * x) * (0.95 + 0.1 * (pixel >>> 16) / 0x10000);
    }

    /** Counts of one image, row by row. */
    private final class Image {
        final ByteBuffer counts;

        Image(int imageRows) {
            counts = ByteBuffer.allocate(2 * imageRows * columns).order(ByteOrder.LITTLE_ENDIAN);
        }

        void add(double light, SplittableRandom random) {
            double value = DARK + light;
            if (noise) {
                value += Math.sqrt(value) * random.nextGaussian();
            }
            counts.putShort((short) Math.round(Math.min(LARGEST, Math.max(0, value))));
        }
    }
}
