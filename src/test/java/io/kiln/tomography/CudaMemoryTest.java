package io.kiln.tomography;

import static io.kiln.tomography.GpuTrials.AXIS;
import static io.kiln.tomography.GpuTrials.COLUMNS;
import static io.kiln.tomography.GpuTrials.MUCH_MEMORY;
import static io.kiln.tomography.GpuTrials.ROWS;
import static io.kiln.tomography.GpuTrials.assertSameImages;
import static io.kiln.tomography.GpuTrials.heightOr0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.device.OutOfDeviceMemoryException;
import io.kiln.device.cpu.ProcessMemory;
import io.kiln.device.cuda.CudaDevice;
import io.kiln.device.cuda.DeviceMemory;
import io.kiln.device.cuda.SimulatedGpus;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.UnitRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of work on a GPU that has, or is left, too little memory, or too little room for a line. */
@SimulatedGpus
class CudaMemoryTest {
    @AutoClose
    private final GpuTrials trials;

    CudaMemoryTest(@TempDir Path folder) throws IOException {
        trials = new GpuTrials(folder);
    }

    @Test
    void slabsAreLowerWhenTheDeviceHasLessMemoryThanItSaid() throws Exception {
        PipelineTrial whole = trials.of("whole", AXIS).run();
        PipelineTrial cramped = trials.of("cramped", AXIS);
        cramped.plan();
        trials.fault("call=cuMemAlloc nth=20 result=2");
        cramped.open(work -> assertThat(work.slabUnits()).isEqualTo(4));
        cramped.compute(new UnitRange(0, ROWS)).complete(List.of());
        assertSameImages(whole, cramped);
    }

    @Test
    void slabsAreLowerWhenOthersUseTheDevice() throws Exception {
        PipelineTrial trial = trials.of("work", AXIS);
        trial.plan();
        long enoughForLess = MUCH_MEMORY;
        while (heightOr0(trial.on(SimulatedGpu.withMemory(enoughForLess))) != 4) {
            enoughForLess -= enoughForLess / 16;
        }
        long left = SimulatedGpu.withMemory(enoughForLess).memoryBytes();
        DeviceMemory others = trials.control.allocate(trials.control.freeMemory() - left);
        assertThat(trial.on(trials.gpu).slabUnits()).isEqualTo(4);
        others.close();
    }

    @Test
    void aScanThatFitsTheDeviceButNotWhatOthersLeaveOfItIsNotRejected() throws Exception {
        PipelineTrial trial = trials.of("work", AXIS);
        trial.plan();
        DeviceMemory others = trials.control.allocate(trials.control.freeMemory() - (1 << 17));
        assertThatThrownBy(trial::slabUnits)
                .isInstanceOfSatisfying(
                        OutOfDeviceMemoryException.class,
                        failure -> assertThat(failure.device()).isEqualTo(trials.gpu.id()))
                .hasMessageContaining(trials.gpu.id() + ": others leave too little of its memory")
                .hasMessageContaining("0 MiB are free");
        others.close();
        assertThat(trial.slabUnits()).isEqualTo(8);
    }

    /** Lower slabs are tried first, down to two slices. */
    @Test
    void aDeviceThatGivesNoMemoryAtAllIsNotTriedForEver() throws Exception {
        PipelineTrial trial = trials.of("work", AXIS);
        trial.plan();
        trials.fault("call=cuMemAlloc result=2;call=cuMemAlloc nth=2 result=2;call=cuMemAlloc nth=3 result=2");
        assertThatThrownBy(trial::slabUnits)
                .isInstanceOf(OutOfDeviceMemoryException.class)
                .hasMessageContaining("CUDA_ERROR_OUT_OF_MEMORY");
        assertThat(trial.slabUnits()).isEqualTo(8);
    }

    @Test
    void aScanThatDoesNotFitIsRejectedWithWhatItNeeds() throws Exception {
        PipelineTrial trial = trials.of("work", AXIS).on(SimulatedGpu.withMemory(1 << 17));
        assertThatThrownBy(trial::plan)
                .isInstanceOf(InputRejectedException.class)
                .hasMessageMatching(
                        "reconstructing this scan needs about \\d+ MiB of the GPU's memory, but 0 MiB are free: .*");
    }

    /** The GPU as one of so many devices that this is about its share of the heap. */
    private CudaDevice withHeap(long bytes) {
        return trials.gpu.sharedBy((int) (ProcessMemory.heapBytes() / bytes));
    }

    @Test
    void flatsAndDarksThatAreMoreThanItsShareOfTheHeapAreRejected() throws Exception {
        long fields = 2L * Float.BYTES * ROWS * COLUMNS;
        PipelineTrial trial = trials.of("work", AXIS);
        trial.on(withHeap(2 * fields)).plan();
        String share =
                "the flats and darks of this scan take 0 MiB of Java's heap while a GPU computes, but the share of"
                        + " one of \\d+ devices is 0 MiB: raise -Xmx in KILN_JAVA_OPTS .*, or crop the scan";
        trial.on(withHeap(fields / 2));
        assertThatThrownBy(trial::slabUnits)
                .describedAs("a restart with less memory")
                .isInstanceOf(InputRejectedException.class)
                .hasMessageMatching(share);
        assertThatThrownBy(trial::plan)
                .isInstanceOf(InputRejectedException.class)
                .hasMessageMatching(share);
    }

    @Test
    void aSearchThatIsMoreThanItsShareOfTheHeapIsRejected() throws Exception {
        long fields = 2L * Float.BYTES * ROWS * COLUMNS;
        PipelineTrial trial = trials.of("work", "{}").on(withHeap(fields + 1000));
        assertThatThrownBy(trial::plan)
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining("searching the centre of this scan needs about");
    }

    @Test
    void linesThatAreTooLongAreRejectedWithWhatToDo() throws Exception {
        PipelineTrial trial = trials.of("work", "{\"rotationAxis\": 10, \"padding\": 20000}");
        assertThatThrownBy(trial::plan)
                .isInstanceOf(InputRejectedException.class)
                .hasMessage(COLUMNS
                        + " columns padded by 20000 make lines of 65536 values, but a GPU transforms at most 16384:"
                        + " lower padding, bin or crop the scan, or let it run on the processor");
    }
}
