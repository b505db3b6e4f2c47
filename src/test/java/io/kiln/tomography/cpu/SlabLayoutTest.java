package io.kiln.tomography.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.device.DeviceId;
import io.kiln.device.cpu.CpuDevice;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.tomography.cpu.SlabNeeds.Content;
import io.kiln.tomography.reconstruction.Filtering;
import io.kiln.tomography.reconstruction.ReconstructionAlgorithm;
import io.kiln.tomography.reconstruction.Reconstructor;
import io.kiln.tomography.reconstruction.ScanGeometry;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlabLayoutTest {
    private static final int WIDTH = 128;
    private static final int THREADS = 8;
    private static final int UNITS = 64;
    private static final SlabNeeds NEEDS = new SlabNeeds(Content.COUNTS, 0, 0, 1000, 1000, 0, 1 << 16, 1 << 16, 250, 1);

    private static Reconstructor reconstructor(ReconstructionAlgorithm algorithm) {
        double[] angles =
                IntStream.range(0, 90).mapToDouble(i -> Math.PI * i / 90).toArray();
        return Reconstructor.of(algorithm, new ScanGeometry(WIDTH, angles), Filtering.standard(WIDTH));
    }

    private static SlabLayout fit(SlabNeeds needs, Reconstructor reconstructor, int threads, long memory, int units) {
        return SlabLayout.fit(List.of(needs), reconstructor, threads, SlabMemory.of(device(threads, memory, 1)), units);
    }

    private static CpuDevice device(int threads, long memoryBytes, int sharing) {
        return new CpuDevice(new DeviceId("cpu0"), "processor", threads, memoryBytes, sharing);
    }

    /** What the workers and the smallest slabs of a full ring take. */
    private static long bytes(Reconstructor reconstructor, int workers, int team) {
        return bytes(reconstructor, workers, team, SlabLayout.MOST_SLOTS);
    }

    private static long bytes(Reconstructor reconstructor, int workers, int team, int slots) {
        return NEEDS.sharedBytes()
                + workers * (NEEDS.workerBytes() + reconstructor.workspaceBytes(team))
                + slots * 2L * workers * (NEEDS.directBytesPerUnit() + NEEDS.heapBytesPerUnit());
    }

    @ParameterizedTest
    @EnumSource(ReconstructionAlgorithm.class)
    void whereThereIsMemoryEachThreadHasAPair(ReconstructionAlgorithm algorithm) {
        SlabLayout layout = fit(NEEDS, reconstructor(algorithm), THREADS, 1L << 30, UNITS);

        assertThat(layout.workers()).isEqualTo(THREADS);
        assertThat(layout.teamThreads()).isOne();
    }

    @ParameterizedTest
    @EnumSource(ReconstructionAlgorithm.class)
    void whereThereIsMemoryForFewerPairsTheThreadsShareThem(ReconstructionAlgorithm algorithm) {
        Reconstructor reconstructor = reconstructor(algorithm);
        SlabLayout layout = fit(NEEDS, reconstructor, THREADS, bytes(reconstructor, 2, 4), UNITS);

        assertThat(layout.threads()).isEqualTo(THREADS);
        assertThat(layout.workers()).isBetween(2, THREADS - 1);
    }

    @ParameterizedTest
    @EnumSource(ReconstructionAlgorithm.class)
    void whatOneThreadAloneCanComputeIsNotRefusedForTheOthersBuffers(ReconstructionAlgorithm algorithm) {
        Reconstructor reconstructor = reconstructor(algorithm);
        long least = bytes(reconstructor, 1, 1, 1);

        assertThat(fit(NEEDS, reconstructor, THREADS, least, UNITS).workers()).isOne();
        assertThatThrownBy(() -> fit(NEEDS, reconstructor, THREADS, least - 1, UNITS))
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining("raise the server's memory");
    }

    @ParameterizedTest
    @EnumSource(ReconstructionAlgorithm.class)
    void whereAFullRingDoesNotFitItHasFewerSlots(ReconstructionAlgorithm algorithm) {
        Reconstructor reconstructor = reconstructor(algorithm);

        for (int slots = 1; slots <= SlabLayout.MOST_SLOTS; slots++) {
            assertThat(fit(NEEDS, reconstructor, 1, bytes(reconstructor, 1, 1, slots), UNITS)
                            .slots())
                    .isEqualTo(slots);
        }
    }

    @Test
    void sinogramsAreKeptWhereTwoSlabsOfCountsDoNotFit() {
        long large = 100L << 20;
        SlabNeeds counts = new SlabNeeds(Content.COUNTS, 0, 0, large, 1000, 0, 0, 0, 250, 8);
        SlabNeeds sinograms = new SlabNeeds(Content.SINOGRAMS, 1, large, 0, 1000, 0, 0, 0, 250, 8);
        Reconstructor reconstructor = reconstructor(ReconstructionAlgorithm.LINEREC);

        SlabMemory plenty = new SlabMemory(1L << 40, 1L << 40, 5 * large);
        SlabLayout two = SlabLayout.fit(List.of(counts, sinograms), reconstructor, 1, plenty, UNITS);
        assertThat(two.needs()).isEqualTo(counts);
        assertThat(two.slots()).isEqualTo(2);

        SlabMemory less = new SlabMemory(1L << 40, 1L << 40, 3 * large);
        SlabLayout four = SlabLayout.fit(List.of(counts, sinograms), reconstructor, 1, less, UNITS);
        assertThat(four.needs()).isEqualTo(sinograms);
        assertThat(four.slots()).isEqualTo(SlabLayout.MOST_SLOTS);
    }

    @Test
    void slabsAreNoLargerThanABufferCanBeHoweverMuchMemoryThereIs() {
        long large = 600L << 20;
        SlabNeeds counts = new SlabNeeds(Content.COUNTS, 0, 0, large, 1000, 0, 0, 0, 250, 1);
        SlabMemory plenty = new SlabMemory(1L << 40, 1L << 40, 1L << 40);
        Reconstructor reconstructor = reconstructor(ReconstructionAlgorithm.LINEREC);

        SlabLayout layout = SlabLayout.fit(List.of(counts), reconstructor, 4, plenty, UNITS);
        assertThat(layout.units()).isEqualTo(2);
        assertThat(layout.threads()).isEqualTo(4);
    }

    @Test
    void devicesThatShareTheProcessDivideItsDirectBuffersAndItsHeap() {
        SlabMemory alone = SlabMemory.of(device(1, 1L << 40, 1));
        SlabMemory third = SlabMemory.of(device(1, 1L << 40, 3));

        assertThat(3 * third.directBytes()).isBetween(alone.directBytes() - 2, alone.directBytes());
        assertThat(3 * third.heapBytes()).isBetween(alone.heapBytes() - 2, alone.heapBytes());
        assertThat(third.bytes()).isEqualTo(alone.bytes());
    }

    @Test
    void sharesOfTheProcessorDivideTheProcessWithTheDevicesBesideThem() {
        assertThat(CpuDevice.shares(2, 8, 1L << 30, 4))
                .extracting(CpuDevice::sharing)
                .containsExactly(6, 6);
    }

    @Test
    void ofFewImagesEachIsSharedByMoreThreads() {
        SlabLayout layout = fit(NEEDS, reconstructor(ReconstructionAlgorithm.LINEREC), THREADS, 1L << 30, 4);

        assertThat(layout.workers()).isEqualTo(2);
        assertThat(layout.teamThreads()).isEqualTo(4);
    }
}
