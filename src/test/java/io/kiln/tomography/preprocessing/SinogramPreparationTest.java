package io.kiln.tomography.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kiln.tomography.scan.Scan;
import io.kiln.tomography.scan.ScanFiles;
import io.kiln.tomography.scan.ScanReader;
import io.kiln.tomography.scan.ScanWindow;
import io.kiln.tomography.scan.SinogramSlab;
import io.kiln.volume.SampleType;
import io.kiln.volume.hdf5.ArrayForm;
import io.kiln.volume.hdf5.Hdf5Arrays;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One projection or a few of a detector of a few pixels, by hand. */
class SinogramPreparationTest {
    private static final float NAN = Float.NaN;

    @TempDir
    Path folder;

    private record Images(int count, float... values) {}

    /** The sinogram of the first slice. */
    private float[] prepare(int rows, Images data, Images flats, Images darks, Correction correction)
            throws IOException {
        Path file = folder.resolve("scan.h5");
        int columns = data.values().length / data.count() / rows;
        write(file, rows, columns, List.of(data, flats, darks));
        try (Scan scan = Scan.open(ScanFiles.of(file))) {
            DetectorRegion region = new DetectorRegion(0, rows, 0, columns);
            ReferenceFields fields = ReferenceFields.read(scan, region, correction);
            float[] progress = new float[data.count()];
            for (int i = 1; i < progress.length; i++) {
                progress[i] = (float) i / (progress.length - 1);
            }
            SinogramPreparation preparation = new SinogramPreparation(fields, correction, progress);
            ScanReader reader = scan.reader(ScanWindow.all(scan));
            SinogramSlab slab = reader.newSlab(rows);
            reader.read(0, rows, slab);
            float[] sinogram = new float[data.count() * preparation.columns()];
            boolean hasLight = preparation.prepare(0, slab, sinogram, new float[preparation.scratchLength()]);
            return hasLight ? sinogram : null;
        }
    }

    private static void write(Path file, int rows, int columns, List<Images> stacks) throws IOException {
        List<String> names = List.of("data", "data_white", "data_dark");
        List<ArrayForm> forms = List.of(0, 1, 2).stream()
                .map(i -> new ArrayForm(
                        names.get(i), List.of(stacks.get(i).count(), rows, columns), SampleType.FLOAT32, Map.of()))
                .toList();
        try (Hdf5Arrays out = Hdf5Arrays.create(file, forms)) {
            for (int i = 0; i < 3; i++) {
                float[] values = stacks.get(i).values();
                ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(values);
                out.write(i, 0, bytes);
            }
        }
    }

    @Test
    void aLineIntegralIsTheNegativeLogarithmOfTheTransmission() throws Exception {
        float[] sinogram = prepare(
                1,
                new Images(1, 60, 110, 35),
                new Images(2, 100, 220, 60, 120, 200, 60),
                new Images(1, 10, 10, 10),
                Correction.plain());
        assertThat(sinogram[0]).isCloseTo((float) -Math.log(50 / 100.0), within(1e-6f));
        assertThat(sinogram[1]).isCloseTo((float) -Math.log(100 / 200.0), within(1e-6f));
        assertThat(sinogram[2]).isCloseTo((float) -Math.log(25 / 50.0), within(1e-6f));
    }

    @Test
    void whatHasNoLogarithmIsAsInTomocupy() throws Exception {
        float[] sinogram = prepare(
                1,
                new Images(1, 0, -50, NAN, Float.POSITIVE_INFINITY, 50),
                new Images(1, 100, 100, 100, 100, 100),
                new Images(1, 0, 0, 0, 0, 0),
                Correction.plain());
        assertThat(sinogram).startsWith(0, 0, 6, 0);
        assertThat(sinogram[4]).isCloseTo(0.6931472f, within(1e-6f));
    }

    @Test
    void withoutTheLogarithmOnlyNumbersAreLeft() throws Exception {
        Correction correction = new Correction(0, 0, 0, false, 1, false);
        float[] sinogram = prepare(
                1,
                new Images(1, 50, NAN, Float.NEGATIVE_INFINITY),
                new Images(1, 100, 100, 100),
                new Images(1, 0, 0, 0),
                correction);
        assertThat(sinogram).containsExactly(0.5f, 0, 0);
    }

    @Test
    void pixelsWithoutAFlatAreInterpolatedAlongTheRow() throws Exception {
        Correction correction = new Correction(0, 0, 0, false, 1, false);
        float[] sinogram = prepare(
                1,
                new Images(1, 7, 20, 7, 7, 80, 7),
                new Images(1, 0, 100, NAN, -5, 100, 0),
                new Images(1, 0, 0, 0, 0, 0, 0),
                correction);
        assertThat(sinogram).containsExactly(new float[] {0.2f, 0.2f, 0.4f, 0.6f, 0.8f, 0.8f}, within(1e-6f));
    }

    @Test
    void aRowWithoutAnyUsablePixelHasNoSinogram() throws Exception {
        float[] sinogram = prepare(
                2,
                new Images(1, 5, 5, 50, 50),
                new Images(1, 0, NAN, 100, 100),
                new Images(1, 0, 0, 0, 0),
                Correction.plain());
        assertThat(sinogram).isNull();
    }

    @Test
    void binningAddsPixelsBeforeItDividesAndLeavesDeadOnesOut() throws Exception {
        Correction correction = new Correction(1, 0, 0, false, 1, false);
        float[] sinogram = prepare(
                2,
                new Images(1, 10, 30, 40, 999, 20, 40, 40, 40),
                new Images(1, 100, 100, 100, 0, 100, 100, 100, 100),
                new Images(1, 0, 0, 0, 0, 0, 0, 0, 0),
                correction);
        assertThat(sinogram).containsExactly(new float[] {0.25f, 0.4f}, within(1e-6f));
    }

    @Test
    void aLinearFlatChangesFromTheFirstHalfOfTheFlatsToTheSecond() throws Exception {
        Correction correction = new Correction(0, 0, 0, true, 1, false);
        float[] sinogram = prepare(
                1,
                new Images(3, 50, 50, 50, 50, 50, 50),
                new Images(2, 100, 100, 200, 200),
                new Images(1, 0, 0),
                correction);
        assertThat(sinogram).containsExactly(new float[] {0.5f, 0.5f, 1 / 3f, 1 / 3f, 0.25f, 0.25f}, within(1e-6f));
    }

    @Test
    void flatsAreDividedByTheRatioOfTheExposures() throws Exception {
        Correction correction = new Correction(0, 0, 0, false, 4, false);
        float[] sinogram =
                prepare(1, new Images(1, 55, 55), new Images(1, 400, 400), new Images(1, 10, 10), correction);
        assertThat(sinogram).containsExactly(new float[] {0.5f, 0.5f}, within(1e-6f));
    }
}
