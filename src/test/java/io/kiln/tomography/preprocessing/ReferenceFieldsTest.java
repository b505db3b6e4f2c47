package io.kiln.tomography.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.tomography.scan.Scan;
import io.kiln.tomography.scan.ScanFiles;
import io.kiln.volume.SampleType;
import io.kiln.volume.hdf5.ArrayForm;
import io.kiln.volume.hdf5.Fixture;
import io.kiln.volume.hdf5.Hdf5Arrays;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which pixels are usable. */
class ReferenceFieldsTest {
    private static final int PIXELS = Fixture.ROWS * Fixture.COLUMNS;
    private static final float BEAM = 1000;

    @TempDir
    Path folder;

    private static float[] beam() {
        float[] flat = new float[PIXELS];
        Arrays.fill(flat, BEAM);
        return flat;
    }

    private Path scan(float[] flat) throws IOException {
        Path file = folder.resolve("scan.h5");
        List<Integer> one = List.of(1, Fixture.ROWS, Fixture.COLUMNS);
        List<ArrayForm> forms = List.of(
                new ArrayForm("data", one, SampleType.FLOAT32, Map.of()),
                new ArrayForm("data_white", one, SampleType.FLOAT32, Map.of()));
        try (Hdf5Arrays out = Hdf5Arrays.create(file, forms)) {
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * PIXELS).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(flat);
            out.write(0, 0, bytes.duplicate());
            out.write(1, 0, bytes);
        }
        return file;
    }

    private static int unusable(ScanFiles files) throws IOException {
        try (Scan scan = Scan.open(files)) {
            DetectorRegion region = new DetectorRegion(0, Fixture.ROWS, 0, Fixture.COLUMNS);
            return ReferenceFields.read(scan, region, Correction.plain()).unusablePixels();
        }
    }

    @Test
    void aFewPixelsThatAreFarTooBrightLeaveTheOthersUsable() throws Exception {
        float[] flat = beam();
        flat[7] = 4e9f;
        flat[30] = 4e9f;
        assertThat(unusable(ScanFiles.of(scan(flat)))).isZero();
    }

    @Test
    void pixelsThatTheBeamDoesNotReachAreUnusableHoweverManyTheyAre() throws Exception {
        float[] flat = beam();
        Arrays.fill(flat, 0, PIXELS * 3 / 4, BEAM / 2000);
        assertThat(unusable(ScanFiles.of(scan(flat)))).isEqualTo(PIXELS * 3 / 4);
    }

    @Test
    void theLargestNumberOf32BitsMarksAPixelThatCountsNothing() throws Exception {
        ByteBuffer stored = ByteBuffer.wrap(Files.readAllBytes(Fixture.file("contiguous-le-u4")))
                .order(ByteOrder.LITTLE_ENDIAN);
        int start = 0;
        while (!isFirstRow(stored, start)) {
            start++;
        }
        for (int i = 0; i < Fixture.PROJECTIONS * PIXELS; i++) {
            stored.putInt(start + Integer.BYTES * i, i % PIXELS == 7 ? 0xFFFFFFFF : (int) BEAM);
        }
        Path flats = Files.write(folder.resolve("flats.h5"), stored.array());
        assertThat(unusable(ScanFiles.of(scan(beam())).withFlats(flats))).isOne();
    }

    private static boolean isFirstRow(ByteBuffer stored, int start) {
        for (int column = 0; column < Fixture.COLUMNS; column++) {
            if (stored.getInt(start + Integer.BYTES * column) != Fixture.value(0, 0, column)) {
                return false;
            }
        }
        return true;
    }
}
