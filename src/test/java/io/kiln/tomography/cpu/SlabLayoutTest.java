package io.kiln.tomography.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.tomography.reconstruction.Filtering;
import io.kiln.tomography.reconstruction.ReconstructionAlgorithm;
import io.kiln.tomography.reconstruction.Reconstructor;
import io.kiln.tomography.reconstruction.ScanGeometry;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlabLayoutTest {
    private static final int WIDTH = 128;
    private static final int THREADS = 8;
    private static final int UNITS = 64;
    private static final SlabNeeds NEEDS = new SlabNeeds(1000, 1000, 1 << 16, 1 << 16, 250, 1);

    private static Reconstructor reconstructor(ReconstructionAlgorithm algorithm) {
        double[] angles =
                IntStream.range(0, 90).mapToDouble(i -> Math.PI * i / 90).toArray();
        return Reconstructor.of(algorithm, new ScanGeometry(WIDTH, angles), Filtering.standard(WIDTH));
    }

    /** What the workers and the smallest slabs take. */
    private static long bytes(Reconstructor reconstructor, int workers, int team) {
        return NEEDS.sharedBytes()
                + workers * (NEEDS.workerBytes() + reconstructor.workspaceBytes(team))
                + SlabLayout.SLOTS * 2L * workers * (NEEDS.directBytesPerUnit() + NEEDS.heapBytesPerUnit());
    }

    @ParameterizedTest
    @EnumSource(ReconstructionAlgorithm.class)
    void whereThereIsMemoryEachThreadHasAPair(ReconstructionAlgorithm algorithm) {
        SlabLayout layout = SlabLayout.fit(NEEDS, reconstructor(algorithm), THREADS, 1L << 30, UNITS);

        assertThat(layout.workers()).isEqualTo(THREADS);
        assertThat(layout.teamThreads()).isOne();
    }

    @ParameterizedTest
    @EnumSource(ReconstructionAlgorithm.class)
    void whereThereIsMemoryForFewerPairsTheThreadsShareThem(ReconstructionAlgorithm algorithm) {
        Reconstructor reconstructor = reconstructor(algorithm);
        SlabLayout layout = SlabLayout.fit(NEEDS, reconstructor, THREADS, bytes(reconstructor, 2, 4), UNITS);

        assertThat(layout.threads()).isEqualTo(THREADS);
        assertThat(layout.workers()).isBetween(2, THREADS - 1);
    }

    @ParameterizedTest
    @EnumSource(ReconstructionAlgorithm.class)
    void whatOneThreadAloneCanComputeIsNotRefusedForTheOthersBuffers(ReconstructionAlgorithm algorithm) {
        Reconstructor reconstructor = reconstructor(algorithm);
        long least = bytes(reconstructor, 1, 1);

        assertThat(SlabLayout.fit(NEEDS, reconstructor, THREADS, least, UNITS).workers())
                .isOne();
        assertThatThrownBy(() -> SlabLayout.fit(NEEDS, reconstructor, THREADS, least - 1, UNITS))
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining("raise the server's memory");
    }

    @Test
    void ofFewImagesEachIsSharedByMoreThreads() {
        SlabLayout layout = SlabLayout.fit(NEEDS, reconstructor(ReconstructionAlgorithm.LINEREC), THREADS, 1L << 30, 4);

        assertThat(layout.workers()).isEqualTo(2);
        assertThat(layout.teamThreads()).isEqualTo(4);
    }
}
