package io.kiln.tomography;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.device.cuda.CudaContext;
import io.kiln.device.cuda.CudaDevice;
import io.kiln.device.cuda.Ptx;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Trials of one scan on one GPU, which can be made to fail. Closing it heals the GPU. */
final class GpuTrials implements AutoCloseable {
    /** The scan's axis. */
    static final String AXIS = "{\"rotationAxis\": 10.3}";

    /** The scan's rows. */
    static final int ROWS = 48;

    /** The scan's columns. */
    static final int COLUMNS = 20;

    /** More memory than a slab as high as they get wants. */
    static final long MUCH_MEMORY = 1 << 20;

    final CudaDevice gpu = SimulatedGpu.last();
    final CudaContext control = gpu.open();
    final Path folder;
    final Path scan;

    GpuTrials(Path folder) throws IOException {
        this.folder = folder;
        this.scan = DiscScan.of(16, ROWS, COLUMNS, 10).write(folder.resolve("discs.h5"));
    }

    /** Has calls fail, as the simulated driver's README says. */
    void fault(String fault) {
        control.load(new Ptx("faults", "SIMULATED-GPU " + fault)).close();
    }

    PipelineTrial of(String name, String parameters) throws IOException {
        return of(new TomoFullPipeline(), name, parameters);
    }

    PipelineTrial of(Pipeline pipeline, String name, String parameters) throws IOException {
        return new PipelineTrial(pipeline, scan, folder.resolve(name), parameters).on(gpu);
    }

    /** The same scan on the processor. */
    PipelineTrial ofProcessor(String name, String parameters) throws IOException {
        return new PipelineTrial(new TomoFullPipeline(), scan, folder.resolve(name), parameters);
    }

    /** How many slices a slab has, or 0 where not even the lowest one fits. */
    static int heightOr0(PipelineTrial trial) throws IOException {
        try {
            return trial.slabUnits();
        } catch (InputRejectedException tooLittleMemory) {
            return 0;
        }
    }

    static void assertSameImages(PipelineTrial expected, PipelineTrial actual) throws IOException {
        assertThat(actual.files()).isEqualTo(expected.files());
        for (String name : expected.files()) {
            if (!name.endsWith(".json")) {
                assertThat(Files.readAllBytes(actual.file(name)))
                        .as(name)
                        .isEqualTo(Files.readAllBytes(expected.file(name)));
            }
        }
    }

    @Override
    public void close() {
        fault("clear");
        control.close();
    }
}
