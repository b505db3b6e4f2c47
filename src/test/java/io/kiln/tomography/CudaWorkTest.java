package io.kiln.tomography;

import static io.kiln.tomography.GpuTrials.AXIS;
import static io.kiln.tomography.GpuTrials.COLUMNS;
import static io.kiln.tomography.GpuTrials.MUCH_MEMORY;
import static io.kiln.tomography.GpuTrials.ROWS;
import static io.kiln.tomography.GpuTrials.assertSameImages;
import static io.kiln.tomography.GpuTrials.heightOr0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.device.TransientDeviceException;
import io.kiln.device.cuda.SimulatedGpus;
import io.kiln.pipeline.Pipeline;
import io.kiln.pipeline.SlabWork;
import io.kiln.pipeline.UnitRange;
import io.kiln.tomography.reconstruction.ReconstructionAlgorithm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bytes of a result do not depend on, failures for a moment among them. */
@SimulatedGpus
class CudaWorkTest {
    @AutoClose
    private final GpuTrials trials;

    CudaWorkTest(@TempDir Path folder) throws IOException {
        trials = new GpuTrials(folder);
    }

    @ParameterizedTest
    @EnumSource(ReconstructionAlgorithm.class)
    void bytesDoNotDependOnTheHeightOfSlabs(ReconstructionAlgorithm algorithm) throws Exception {
        String parameters = "{\"rotationAxis\": 10.3, \"reconstructionAlgorithm\": \""
                + algorithm.name().toLowerCase(Locale.ROOT) + "\"}";
        PipelineTrial tall = trials.of("tall", parameters).run();
        Map<Integer, PipelineTrial> byHeight = new TreeMap<>();
        for (long bytes = MUCH_MEMORY; byHeight.get(0) == null; bytes -= bytes / 16) {
            PipelineTrial low = trials.of("low-" + bytes, parameters).on(SimulatedGpu.withMemory(bytes));
            low.plan(List.of(trials.gpu));
            byHeight.putIfAbsent(heightOr0(low), low);
        }
        byHeight.remove(0);
        assertThat(byHeight.keySet()).containsExactly(2, 4, 8);
        for (PipelineTrial low : byHeight.values()) {
            low.compute(new UnitRange(0, ROWS)).complete(List.of());
            assertSameImages(tall, low);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 22})
    void bytesDoNotDependOnLanes(int end) throws Exception {
        PipelineTrial one = trials.of("one", AXIS).run();
        PipelineTrial two = trials.of("two", AXIS);
        two.plan();
        two.compute(new UnitRange(end, ROWS)).compute(new UnitRange(0, end)).complete(List.of());
        assertSameImages(one, two);
    }

    @Test
    void bytesOfATryDoNotDependOnLanes() throws Exception {
        String parameters =
                "{\"rotationAxis\": 10, \"centerSearchWidth\": 3.5, \"centerSearchStep\": 1, \"nsino\": [2, 7, 9]}";
        PipelineTrial one = trials.of(new TomoTryPipeline(), "one", parameters).run();
        PipelineTrial two = trials.of(new TomoTryPipeline(), "two", parameters);
        two.plan();
        two.compute(new UnitRange(10, 21)).compute(new UnitRange(0, 10)).complete(List.of());
        assertSameImages(one, two);
    }

    @Test
    void bytesDoNotDependOnTheOrderOfThreads() throws Exception {
        // wide enough for cells far from the origin, which are gathered otherwise
        Path wide = DiscScan.of(24, 4, 48, 16).write(trials.folder.resolve("wide.h5"));
        String forwards = ReconstructionDigest.of(wide, trials.folder.resolve("forwards"), false);
        String backwards = ReconstructionDigest.of(wide, trials.folder.resolve("backwards"), true);
        assertThat(forwards).hasSize(64).isEqualTo(backwards);
    }

    /** As a lane does it: the next slabs are read and computed before the first one is written. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void slabsInFlightDoNotDisturbEachOther(boolean isTry) throws Exception {
        String parameters =
                "{\"rotationAxis\": 10, \"centerSearchWidth\": 8, \"centerSearchStep\": 0.5, \"nsino\": [2, 9]}";
        Pipeline pipeline = isTry ? new TomoTryPipeline() : new TomoFullPipeline();
        PipelineTrial apart = trials.of(pipeline, "apart", parameters).run();
        PipelineTrial together = trials.of(pipeline, "together", parameters);
        together.plan();
        together.open(work -> computeAllFirst(work, together.plannedUnits()));
        together.complete(List.of());
        assertSameImages(apart, together);
    }

    private static <S> void computeAllFirst(SlabWork<S> work, int units) throws IOException, InterruptedException {
        List<S> slots = new ArrayList<>();
        for (int i = 0; i < work.slots(); i++) {
            slots.add(work.newSlot());
        }
        int height = work.slabUnits();
        assertThat(units).isGreaterThan(work.slots() * height);
        for (int from = 0; from < units; from += work.slots() * height) {
            List<UnitRange> slabs = new ArrayList<>();
            for (int at = from; at < Math.min(units, from + work.slots() * height); at += height) {
                slabs.add(new UnitRange(at, Math.min(units, at + height)));
            }
            for (int i = 0; i < slabs.size(); i++) {
                work.read(slabs.get(i), slots.get(i));
                work.compute(slabs.get(i), slots.get(i));
            }
            for (int i = 0; i < slabs.size(); i++) {
                work.awaitComputed(slabs.get(i), slots.get(i));
                work.write(slabs.get(i), slots.get(i));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"cuLaunchKernel", "cuMemcpyHtoDAsync", "cuMemcpyDtoHAsync", "cuEventRecord"})
    void aSlabThatFailedForAMomentIsComputedAgain(String call) throws Exception {
        PipelineTrial whole = trials.of("whole", AXIS).run();
        PipelineTrial disturbed = trials.of("disturbed", AXIS);
        disturbed.plan();
        disturbed.open(work -> computeAfterFailure(work, call));
        disturbed.compute(new UnitRange(8, ROWS)).complete(List.of());
        assertSameImages(whole, disturbed);
    }

    private <S> void computeAfterFailure(SlabWork<S> work, String call) throws IOException, InterruptedException {
        S slot = work.newSlot();
        UnitRange slab = new UnitRange(0, work.slabUnits());
        assertThat(slab.to()).isEqualTo(8);
        work.read(slab, slot);
        trials.fault("call=" + call + " result=304");
        assertThatThrownBy(() -> work.compute(slab, slot)).isInstanceOf(TransientDeviceException.class);
        work.read(slab, slot);
        work.compute(slab, slot);
        work.awaitComputed(slab, slot);
        work.write(slab, slot);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uint8", "uint16"})
    void integersAreTheProcessorsToOneLevel(String type) throws Exception {
        String parameters = "{\"rotationAxis\": 10, \"windowMinimum\": -0.02, \"windowMaximum\": 0.15, \"dtype\": \""
                + type + "\"}";
        PipelineTrial processor = trials.ofProcessor("processor", parameters).run();
        PipelineTrial made = trials.of("gpu", parameters).run();
        int different = 0;
        for (int slice = 0; slice < ROWS; slice++) {
            float[] expected = Images.slice(processor.file(""), slice);
            float[] actual = Images.slice(made.file(""), slice);
            for (int i = 0; i < expected.length; i++) {
                assertThat(Math.abs(actual[i] - expected[i])).isLessThanOrEqualTo(1);
                different += actual[i] == expected[i] ? 0 : 1;
            }
        }
        assertThat(different).isLessThan(ROWS * COLUMNS * COLUMNS / 100);
    }

    @Test
    void oneFileHoldsTheSameNumbers() throws Exception {
        PipelineTrial many = trials.of("many", AXIS).run();
        PipelineTrial one = trials.of("one", "{\"rotationAxis\": 10.3, \"saveFormat\": \"h5\"}")
                .run();
        for (int slice = 0; slice < ROWS; slice++) {
            assertThat(Images.slice(one.file("discs_rec.h5"), slice)).isEqualTo(Images.slice(many.file(""), slice));
        }
    }

    @Test
    void aSliceWithoutLightIsNoNumbers() throws Exception {
        Path unlit = DiscScan.of(16, 5, COLUMNS, 10).withoutLightOn(2).write(trials.folder.resolve("unlit.h5"));
        PipelineTrial processor =
                new PipelineTrial(new TomoFullPipeline(), unlit, trials.folder.resolve("processor"), AXIS).run();
        PipelineTrial made = new PipelineTrial(new TomoFullPipeline(), unlit, trials.folder.resolve("gpu"), AXIS)
                .on(trials.gpu)
                .run();
        assertThat(Images.slice(made.file(""), 2)).containsOnly(Float.NaN);
        for (int slice : List.of(0, 1, 3, 4)) {
            Agreement.Difference difference = Agreement.Difference.of(
                    Images.slice(processor.file(""), slice), Images.slice(made.file(""), slice));
            assertThat(difference.maximum()).isLessThan(1e-5);
        }
    }
}
