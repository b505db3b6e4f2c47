package io.kiln.tomography.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.api.dataset.ChunkedDataset;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.UnitRange;
import io.kiln.pipeline.UnreadableInputException;
import io.kiln.tomography.preprocessing.DetectorRegion;
import io.kiln.tomography.preprocessing.ReadableRows;
import io.kiln.volume.hdf5.Fixture;
import io.kiln.volume.spool.SpoolLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanSpoolTest {
    private static final SpoolLimits LIMITS = new SpoolLimits(3, 1 << 20, () -> false);
    private static final UnitRange ROWS = new UnitRange(1, 7);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"frames-be", "gzip-shuffle-fletcher", "chunks-odd-latest", "chunks-growing-2-latest"})
    void aSpooledScanReadsLikeTheOriginal(String name) throws Exception {
        ScanWindow window = new ScanWindow(new int[] {1, 2, 3, 6, 11}, 2, 8);
        try (Scan scan = Scan.open(ScanFiles.of(Fixture.file(name)));
                Scan spooled = scan.spooled(folder, window, ROWS, LIMITS)) {
            assertThat(scan.isSpoolAdvised(2)).isTrue();
            assertThat(spooled.isSpoolAdvised(2)).isFalse();
            assertThat(sinograms(spooled, window)).isEqualTo(sinograms(scan, window));
            assertThat(spooled.flats()).isPresent();
            assertThat(Files.size(folder.resolve("projections.spool"))).isEqualTo(5 * 6 * 6 * 2);
        }
    }

    @Test
    void aSpoolThatIsWholeIsUsedAgainAndAnotherOneIsNot() throws Exception {
        Path file = folder.resolve("projections.spool");
        spool(new ScanWindow(new int[] {1, 2}, 0, 9));
        FileTime marked = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(file, marked);
        spool(new ScanWindow(new int[] {1, 2}, 0, 9));
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(marked);
        spool(new ScanWindow(new int[] {1, 3}, 0, 9));
        assertThat(Files.getLastModifiedTime(file)).isNotEqualTo(marked);
    }

    @Test
    void aSpoolThatACrashLeftInTheMiddleIsMadeAgain() throws Exception {
        Path file = folder.resolve("projections.spool");
        Files.write(folder.resolve("projections.spool.part"), new byte[7]);
        spool(new ScanWindow(new int[] {1, 2}, 0, 9));
        Files.delete(folder.resolve("projections.spool.index"));
        spool(new ScanWindow(new int[] {1, 2}, 0, 9));
        assertThat(Files.size(file)).isEqualTo(2 * 6 * 9 * 2);
        ScanSpool.delete(folder);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void makingASpoolStopsWhenAsked() {
        SpoolLimits stopped = new SpoolLimits(2, 1 << 20, () -> true);
        assertThatThrownBy(() -> {
                    try (Scan scan = Scan.open(ScanFiles.of(Fixture.file("frames-be")))) {
                        scan.spooled(folder, ScanWindow.all(scan), ROWS, stopped)
                                .close();
                    }
                })
                .isInstanceOf(CancellationException.class);
        assertThat(folder.resolve("projections.spool")).doesNotExist();
        assertThat(folder.resolve("projections.spool.part")).doesNotExist();
    }

    @Test
    void lanesThatAskForTheSameSpoolAtOnceShareIt() throws Exception {
        ScanWindow window = new ScanWindow(new int[] {1, 2, 9}, 0, 9);
        ExecutorService lanes = Executors.newFixedThreadPool(4);
        try {
            List<Future<float[]>> read = new ArrayList<>();
            for (int lane = 0; lane < 4; lane++) {
                read.add(lanes.submit(() -> {
                    try (Scan scan = Scan.open(ScanFiles.of(Fixture.file("frames-be")));
                            Scan spooled = scan.spooled(folder, window, ROWS, LIMITS)) {
                        return sinograms(spooled, window);
                    }
                }));
            }
            for (Future<float[]> one : read) {
                assertThat(one.get()).isEqualTo(read.get(0).get()).startsWith(Fixture.value(1, 1, 0));
            }
        } finally {
            lanes.shutdown();
        }
    }

    @Test
    void damageInOneBlockLeavesTheOtherRowsReadable() throws Exception {
        // chunks of 2 × 4 rows: the first chunk holds rows 0 to 3 of projections 0 and 1
        Path damaged = damaged("chunks-growing-2-latest");
        try (Scan scan = Scan.open(ScanFiles.of(damaged));
                Scan spooled = scan.spooled(folder, ScanWindow.all(scan), ROWS, LIMITS)) {
            for (Scan one : new Scan[] {scan, spooled}) {
                ScanReader reader = one.reader(ScanWindow.all(one));
                SinogramSlab slab = reader.newSlab(3);
                assertThatThrownBy(() -> reader.read(3, 5, slab))
                        .isInstanceOf(UnreadableInputException.class)
                        .hasMessageContaining("rows 3 to 4")
                        .hasMessageContaining("damaged");
                reader.read(4, 7, slab);
                float[] sinogram = new float[12 * 9];
                slab.sinogram(6, sinogram, 0);
                assertThat(sinogram[9 * 11 + 8]).isEqualTo(Fixture.value(11, 6, 8));
            }
        }
        // the damage is remembered
        try (Scan scan = Scan.open(ScanFiles.of(damaged));
                Scan spooled = scan.spooled(folder, ScanWindow.all(scan), ROWS, LIMITS)) {
            ScanReader reader = spooled.reader(ScanWindow.all(spooled));
            SinogramSlab slab = reader.newSlab(3);
            assertThatThrownBy(() -> reader.read(3, 5, slab)).isInstanceOf(UnreadableInputException.class);
        }
    }

    @Test
    void whatLooksAtAFewRowsTakesTheNearestThatAreNotDamaged() throws Exception {
        try (Scan scan = Scan.open(ScanFiles.of(damaged("chunks-growing-2-latest")))) {
            assertThat(nearestToTwo(scan, new DetectorRegion(0, 7, 0, 9), 2)).containsExactly(4, 5);
            assertThat(nearestToTwo(scan, new DetectorRegion(0, 7, 0, 9), 7)).containsExactly(4, 5, 6);
            assertThatThrownBy(() -> nearestToTwo(scan, new DetectorRegion(0, 4, 0, 9), 2))
                    .isInstanceOf(UnreadableInputException.class);
        }
    }

    @Test
    void rowsThatLieTogetherAreReadTogether() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        try (Scan scan = Scan.open(ScanFiles.of(Fixture.file("whole"))).stoppable(() -> reads.incrementAndGet() > 7)) {
            assertThat(nearestToTwo(scan, new DetectorRegion(0, 7, 0, 9), 3)).containsExactly(1, 2, 3);
            assertThat(nearestToTwo(scan, new DetectorRegion(2, 7, 0, 9), 3)).containsExactly(2, 3, 4);
            assertThat(nearestToTwo(scan, new DetectorRegion(1, 4, 0, 9), 5)).containsExactly(1, 2, 3);
        }
        assertThat(reads).hasValue(3);
    }

    private static List<Integer> nearestToTwo(Scan scan, DetectorRegion region, int wanted) throws IOException {
        List<Integer> rows = new ArrayList<>();
        new ReadableRows(region, scan.reader(ScanWindow.all(scan)), wanted).nearest(2, wanted, 7, (slab, row) -> {
            float[] sinogram = new float[12 * 9];
            slab.sinogram(row, sinogram, 0);
            assertThat(sinogram[9 * 11 + 8]).isEqualTo(Fixture.value(11, row, 8));
            return rows.add(row);
        });
        return rows;
    }

    @Test
    void damageThatTouchesEveryRowNamesTheProjectionsToLeaveOut() throws Exception {
        Path damaged = damaged("gzip-shuffle-fletcher");
        try (Scan scan = Scan.open(ScanFiles.of(damaged))) {
            assertThatThrownBy(() -> scan.spooled(folder, ScanWindow.all(scan), ROWS, LIMITS))
                    .isInstanceOf(InputRejectedException.class)
                    .hasMessageContaining("in the images 0, 1: leave them out");
            ScanWindow others = new ScanWindow(new int[] {2, 3, 4}, 0, 9);
            try (Scan spooled = scan.spooled(folder, others, ROWS, LIMITS)) {
                assertThat(sinograms(spooled, others)).contains(Fixture.value(2, 1, 0));
            }
        }
    }

    private void spool(ScanWindow window) throws Exception {
        try (Scan scan = Scan.open(ScanFiles.of(Fixture.file("frames-be")));
                Scan spooled = scan.spooled(folder, window, ROWS, LIMITS)) {
            assertThat(sinograms(spooled, window)).isEqualTo(sinograms(scan, window));
        }
    }

    private static float[] sinograms(Scan scan, ScanWindow window) throws IOException {
        ScanReader reader = scan.reader(window);
        SinogramSlab slab = reader.newSlab(6);
        reader.read(1, 7, slab);
        float[] values = new float[6 * window.projectionCount() * window.columnCount()];
        for (int row = 1; row < 7; row++) {
            slab.sinogram(row, values, (row - 1) * window.projectionCount() * window.columnCount());
        }
        return values;
    }

    /** A copy of which the chunk with the first element cannot be decoded. */
    private Path damaged(String name) throws IOException {
        Path copy = Files.copy(Fixture.file(name), folder.resolve("damaged.h5"));
        try (HdfFile file = new HdfFile(copy)) {
            ChunkedDataset data = (ChunkedDataset) file.getDatasetByPath("/exchange/data");
            ByteBuffer chunk = data.getRawChunkBuffer(new int[3]).order(ByteOrder.LITTLE_ENDIAN);
            byte[] stored = new byte[chunk.remaining()];
            chunk.get(stored);
            byte[] bytes = Files.readAllBytes(copy);
            int at = indexOf(bytes, stored);
            try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF}), at);
            }
        }
        return copy;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; at <= bytes.length - part.length; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("not found");
    }
}
