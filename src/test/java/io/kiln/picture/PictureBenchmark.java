package io.kiln.picture;

import io.kiln.volume.ArrayShape;
import io.kiln.volume.Samples;
import io.kiln.volume.VolumeWriter;
import io.kiln.volume.hdf5.Hdf5Volume;
import io.kiln.volume.preview.GreyPicture;
import io.kiln.volume.tiff.TiffStack;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** How long a picture of a 2048² float32 slice takes, without HTTP, and how fast a stack is projected. Everything is in the page cache. */
public final class PictureBenchmark {
    private static final int EDGE = 2048;
    private static final int SLICES = 24;
    private static final int REPEATS = 40;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private PictureBenchmark() {}

    /** A measured call. */
    private interface Action {
        void run(int repeat) throws IOException;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("kiln-pictures");
        try {
            Path hdf5 = folder.resolve("volume.h5");
            Path tiffs = Files.createDirectory(folder.resolve("slices"));
            write(hdf5, tiffs);
            Pictures pictures = new Pictures(new ImageFolders(), new ProjectionStore(folder.resolve("projections")));
            measure(pictures, "HDF5", hdf5);
            measure(pictures, "TIFF", tiffs);
        } finally {
            try (Stream<Path> tree = Files.walk(folder)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void write(Path hdf5, Path tiffs) throws IOException {
        ArrayShape shape = new ArrayShape(SLICES, EDGE, EDGE);
        float[] values = new float[EDGE * EDGE];
        Random random = new Random(1);
        try (VolumeWriter volume = Hdf5Volume.create(hdf5, shape, Samples.floats(), Map.of());
                VolumeWriter stack =
                        new TiffStack(tiffs, slice -> "recon_" + slice + ".tiff", EDGE, EDGE, Samples.floats())) {
            for (int slice = 0; slice < SLICES; slice++) {
                for (int i = 0; i < values.length; i++) {
                    // a disc in noise, as slices are
                    int x = i % EDGE - EDGE / 2;
                    int y = i / EDGE - EDGE / 2;
                    values[i] = (x * x + y * y < 900 * 900 ? 0.02f : 0) + 0.002f * (float) random.nextGaussian();
                }
                volume.write(slice, values, 0);
                stack.write(slice, values, 0);
            }
        }
    }

    private static void measure(Pictures pictures, String kind, Path path) throws IOException {
        PictureSource source = new PictureSource(path, Optional.empty());
        time(kind + ", overview of 1024 pixels as PNG", i -> png(pictures.plane(source, slice(i, 1024), false)));
        time(kind + ", all 2048² pixels as PNG", i -> png(pictures.plane(source, slice(i, 2048), false)));
        time(
                kind + ", all 2048² values",
                i -> pictures.plane(source, slice(i, 2048), false).bytes());
        time(
                kind + ", a part of 512² as PNG",
                i -> png(pictures.plane(
                        source,
                        new PlaneRequest(Axis.FIRST, i % SLICES, Optional.of(new Region(700, 700, 512, 512)), 512),
                        false)));
        time(
                kind + ", histogram",
                i -> Histogram.of(pictures.plane(source, slice(i, 1024), false).values(), 4096));
        long start = System.nanoTime();
        pictures.project(source, (done, total) -> {});
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s, projections of %d slices: %.2f s, %.1f slices/s, %.0f MB/s%n",
                kind,
                SLICES,
                seconds,
                SLICES / seconds,
                4.0 * SLICES * EDGE * EDGE / 1e6 / seconds);
    }

    private static PlaneRequest slice(int repeat, int size) {
        return new PlaneRequest(Axis.FIRST, repeat % SLICES, Optional.empty(), size);
    }

    private static byte[] png(Plane plane) {
        return new GreyPicture(plane.width(), plane.height(), plane.values()).png(-0.005, 0.025);
    }

    private static void time(String what, Action action) throws IOException {
        double[] milliseconds = new double[REPEATS];
        double[] computing = new double[REPEATS];
        for (int i = -10; i < REPEATS; i++) {
            long start = System.nanoTime();
            long before = THREADS.getCurrentThreadCpuTime();
            action.run(i + 10);
            if (i >= 0) {
                milliseconds[i] = (System.nanoTime() - start) / 1e6;
                computing[i] = (THREADS.getCurrentThreadCpuTime() - before) / 1e6;
            }
        }
        Arrays.sort(milliseconds);
        Arrays.sort(computing);
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f ms median, %.1f ms p90; %.1f ms of processor time%n",
                what,
                milliseconds[REPEATS / 2],
                milliseconds[REPEATS * 9 / 10],
                computing[REPEATS / 2]);
    }
}
