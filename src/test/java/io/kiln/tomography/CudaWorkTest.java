package io.kiln.tomography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.device.OutOfDeviceMemoryException;
import io.kiln.device.TransientDeviceException;
import io.kiln.device.cuda.CudaContext;
import io.kiln.device.cuda.CudaDevice;
import io.kiln.device.cuda.DeviceMemory;
import io.kiln.device.cuda.Ptx;
import io.kiln.device.cuda.SimulatedGpus;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.Pipeline;
import io.kiln.pipeline.SlabWork;
import io.kiln.pipeline.UnitRange;
import io.kiln.tomography.reconstruction.ReconstructionAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bytes of a result do not depend on, and what becomes of a GPU that has too little memory or fails. */
@SimulatedGpus
class CudaWorkTest {
    private static final String AXIS = "{\"rotationAxis\": 10.3}";
    private static final int ROWS = 48;
    private static final int COLUMNS = 20;
    private static final long MUCH_MEMORY = 1 << 20;

    @TempDir
    Path folder;

    private final CudaDevice gpu = CudaReconstructionTest.gpu();
    private final CudaContext control = gpu.open();
    private Path scan;

    @BeforeEach
    void makeScan() throws IOException {
        scan = DiscScan.of(16, ROWS, COLUMNS, 10).write(folder.resolve("discs.h5"));
    }

    @AfterEach
    void heal() {
        fault("clear");
        control.close();
    }

    private void fault(String fault) {
        control.load(new Ptx("faults", "SIMULATED-GPU " + fault)).close();
    }

    private PipelineTrial trial(String name, String parameters) throws IOException {
        return trial(new TomoFullPipeline(), name, parameters);
    }

    private PipelineTrial trial(Pipeline pipeline, String name, String parameters) throws IOException {
        return new PipelineTrial(pipeline, scan, folder.resolve(name), parameters).on(gpu);
    }

    private static void assertSameImages(PipelineTrial expected, PipelineTrial actual) throws IOException {
        assertThat(actual.files()).isEqualTo(expected.files());
        for (String name : expected.files()) {
            if (!name.endsWith(".json")) {
                assertThat(Files.readAllBytes(actual.file(name)))
                        .as(name)
                        .isEqualTo(Files.readAllBytes(expected.file(name)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ReconstructionAlgorithm.class)
    void bytesDoNotDependOnTheHeightOfSlabs(ReconstructionAlgorithm algorithm) throws Exception {
        String parameters = "{\"rotationAxis\": 10.3, \"reconstructionAlgorithm\": \""
                + algorithm.name().toLowerCase(Locale.ROOT) + "\"}";
        PipelineTrial tall = trial("tall", parameters).run();
        Map<Integer, PipelineTrial> byHeight = new TreeMap<>();
        for (long bytes = MUCH_MEMORY; byHeight.get(0) == null; bytes -= bytes / 16) {
            PipelineTrial low = trial("low-" + bytes, parameters).on(CudaReconstructionTest.gpu(bytes));
            low.plan(List.of(gpu));
            byHeight.putIfAbsent(heightOr0(low), low);
        }
        byHeight.remove(0);
        assertThat(byHeight.keySet()).containsExactly(2, 4, 8);
        for (PipelineTrial low : byHeight.values()) {
            low.compute(new UnitRange(0, ROWS)).complete(List.of());
            assertSameImages(tall, low);
        }
    }

    private static int heightOr0(PipelineTrial trial) throws IOException {
        try {
            return trial.slabUnits();
        } catch (InputRejectedException tooLittleMemory) {
            return 0;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 22})
    void bytesDoNotDependOnLanes(int end) throws Exception {
        PipelineTrial one = trial("one", AXIS).run();
        PipelineTrial two = trial("two", AXIS);
        two.plan();
        two.compute(new UnitRange(end, ROWS)).compute(new UnitRange(0, end)).complete(List.of());
        assertSameImages(one, two);
    }

    @Test
    void bytesOfATryDoNotDependOnLanes() throws Exception {
        String parameters =
                "{\"rotationAxis\": 10, \"centerSearchWidth\": 3.5, \"centerSearchStep\": 1, \"nsino\": [2, 7, 9]}";
        PipelineTrial one = trial(new TomoTryPipeline(), "one", parameters).run();
        PipelineTrial two = trial(new TomoTryPipeline(), "two", parameters);
        two.plan();
        two.compute(new UnitRange(10, 21)).compute(new UnitRange(0, 10)).complete(List.of());
        assertSameImages(one, two);
    }

    @Test
    void bytesDoNotDependOnTheOrderOfThreads() throws Exception {
        // wide enough for cells far from the origin, which are gathered otherwise
        scan = DiscScan.of(24, 4, 48, 16).write(folder.resolve("wide.h5"));
        String forwards = ReconstructionDigest.of(scan, folder.resolve("forwards"), false);
        String backwards = ReconstructionDigest.of(scan, folder.resolve("backwards"), true);
        assertThat(forwards).hasSize(64).isEqualTo(backwards);
    }

    /** As a lane does it: the next slabs are read and computed before the first one is written. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void slabsInFlightDoNotDisturbEachOther(boolean isTry) throws Exception {
        String parameters =
                "{\"rotationAxis\": 10, \"centerSearchWidth\": 8, \"centerSearchStep\": 0.5, \"nsino\": [2, 9]}";
        Pipeline pipeline = isTry ? new TomoTryPipeline() : new TomoFullPipeline();
        PipelineTrial apart = trial(pipeline, "apart", parameters).run();
        PipelineTrial together = trial(pipeline, "together", parameters);
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
        PipelineTrial whole = trial("whole", AXIS).run();
        PipelineTrial disturbed = trial("disturbed", AXIS);
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
        fault("call=" + call + " result=304");
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
        PipelineTrial processor =
                new PipelineTrial(new TomoFullPipeline(), scan, folder.resolve("processor"), parameters).run();
        PipelineTrial made = trial("gpu", parameters).run();
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
        PipelineTrial many = trial("many", AXIS).run();
        PipelineTrial one =
                trial("one", "{\"rotationAxis\": 10.3, \"saveFormat\": \"h5\"}").run();
        for (int slice = 0; slice < ROWS; slice++) {
            assertThat(Images.slice(one.file("discs_rec.h5"), slice)).isEqualTo(Images.slice(many.file(""), slice));
        }
    }

    @Test
    void aSliceWithoutLightIsNoNumbers() throws Exception {
        scan = DiscScan.of(16, 5, COLUMNS, 10).withoutLightOn(2).write(folder.resolve("unlit.h5"));
        PipelineTrial processor =
                new PipelineTrial(new TomoFullPipeline(), scan, folder.resolve("processor"), AXIS).run();
        PipelineTrial made = trial("gpu", AXIS).run();
        assertThat(Images.slice(made.file(""), 2)).containsOnly(Float.NaN);
        for (int slice : List.of(0, 1, 3, 4)) {
            CudaReconstructionTest.Difference difference = CudaReconstructionTest.Difference.of(
                    Images.slice(processor.file(""), slice), Images.slice(made.file(""), slice));
            assertThat(difference.maximum()).isLessThan(1e-5);
        }
    }

    @Test
    void slabsAreLowerWhenTheDeviceHasLessMemoryThanItSaid() throws Exception {
        PipelineTrial whole = trial("whole", AXIS).run();
        PipelineTrial cramped = trial("cramped", AXIS);
        cramped.plan();
        fault("call=cuMemAlloc nth=20 result=2");
        cramped.open(work -> assertThat(work.slabUnits()).isEqualTo(4));
        cramped.compute(new UnitRange(0, ROWS)).complete(List.of());
        assertSameImages(whole, cramped);
    }

    @Test
    void slabsAreLowerWhenOthersUseTheDevice() throws Exception {
        PipelineTrial trial = trial("work", AXIS);
        trial.plan();
        long enoughForLess = MUCH_MEMORY;
        while (heightOr0(trial.on(CudaReconstructionTest.gpu(enoughForLess))) != 4) {
            enoughForLess -= enoughForLess / 16;
        }
        long left = CudaReconstructionTest.gpu(enoughForLess).memoryBytes();
        DeviceMemory others = control.allocate(control.freeMemory() - left);
        assertThat(trial.on(gpu).slabUnits()).isEqualTo(4);
        others.close();
    }

    @Test
    void aScanThatFitsTheDeviceButNotWhatOthersLeaveOfItIsNotRejected() throws Exception {
        PipelineTrial trial = trial("work", AXIS);
        trial.plan();
        DeviceMemory others = control.allocate(control.freeMemory() - (1 << 17));
        assertThatThrownBy(trial::slabUnits)
                .isInstanceOfSatisfying(
                        OutOfDeviceMemoryException.class,
                        failure -> assertThat(failure.device()).isEqualTo(gpu.id()))
                .hasMessageContaining(gpu.id() + ": others leave too little of its memory")
                .hasMessageContaining("0 MiB are free");
        others.close();
        assertThat(trial.slabUnits()).isEqualTo(8);
    }

    /** Lower slabs are tried first, down to two slices. */
    @Test
    void aDeviceThatGivesNoMemoryAtAllIsNotTriedForEver() throws Exception {
        PipelineTrial trial = trial("work", AXIS);
        trial.plan();
        fault("call=cuMemAlloc result=2;call=cuMemAlloc nth=2 result=2;call=cuMemAlloc nth=3 result=2");
        assertThatThrownBy(trial::slabUnits)
                .isInstanceOf(OutOfDeviceMemoryException.class)
                .hasMessageContaining("CUDA_ERROR_OUT_OF_MEMORY");
        assertThat(trial.slabUnits()).isEqualTo(8);
    }

    @Test
    void aScanThatDoesNotFitIsRejectedWithWhatItNeeds() throws Exception {
        PipelineTrial trial = trial("work", AXIS).on(CudaReconstructionTest.gpu(1 << 17));
        assertThatThrownBy(trial::plan)
                .isInstanceOf(InputRejectedException.class)
                .hasMessageMatching(
                        "reconstructing this scan needs about \\d+ MiB of the GPU's memory, but 0 MiB are free: .*");
    }

    @Test
    void linesThatAreTooLongAreRejectedWithWhatToDo() throws Exception {
        PipelineTrial trial = trial("work", "{\"rotationAxis\": 10, \"padding\": 20000}");
        assertThatThrownBy(trial::plan)
                .isInstanceOf(InputRejectedException.class)
                .hasMessage(COLUMNS
                        + " columns padded by 20000 make lines of 65536 values, but a GPU transforms at most 16384:"
                        + " lower padding, bin or crop the scan, or let it run on the processor");
    }
}
