package io.kiln.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.device.Device;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@SimulatedGpus
class CudaDevicesTest {
    private static final long MEMORY_BYTES =
            Long.parseLong(System.getenv().getOrDefault("SIMULATED_GPU_MEMORY_BYTES", Long.toString(1L << 30)));

    private static final int COUNT = Integer.parseInt(System.getenv().getOrDefault("SIMULATED_GPUS", "1"));

    @Test
    void describesEachGpu() {
        List<CudaDevice> gpus = CudaDevices.probe(PermittedGpus.ALL).gpus();
        assertThat(gpus)
                .extracting(gpu -> gpu.id().value())
                .containsExactlyElementsOf(
                        IntStream.range(0, COUNT).mapToObj(n -> "gpu" + n).toList());
        CudaDevice last = gpus.get(COUNT - 1);
        assertThat(last.simulated()).isTrue();
        assertThat(last.title()).isEqualTo("Simulated GPU " + (COUNT - 1));
        assertThat(last.totalBytes()).isEqualTo(MEMORY_BYTES);
        assertThat(last.memoryBytes()).isBetween(last.totalBytes() / 2, last.totalBytes() - 1);
        assertThat(last.computeCapability()).isEqualTo(86);
        assertThat(last.maxSharedBytes()).isEqualTo(99 << 10);
        assertThat(gpus).extracting(CudaDevice::uuid).doesNotHaveDuplicates();
    }

    @Test
    void theGpusDivideTheProcessAmongThemAndWithTheDevicesBesideThem() {
        CudaDevices gpus = CudaDevices.probe(PermittedGpus.ALL);
        assertThat(gpus.gpus()).extracting(CudaDevice::sharing).containsOnly(COUNT);
        assertThat(gpus.beside(3).gpus()).extracting(CudaDevice::sharing).containsOnly(COUNT + 3);
    }

    @Test
    void leavesOutWhatIsNotPermitted() {
        int last = COUNT - 1;
        assertThat(CudaDevices.probe(PermittedGpus.parse("" + last)).all())
                .extracting(Device::id)
                .extracting(Object::toString)
                .containsExactly("gpu" + last);
    }

    @Test
    void refusesANumberThatNoGpuHas() {
        assertThatThrownBy(() -> CudaDevices.probe(PermittedGpus.parse("0," + COUNT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("KILN_GPUS names GPU " + COUNT + ", counted from 0, but the CUDA driver shows " + COUNT);
    }

    @Test
    void aGpuThatDoesNotAnswerIsLeftOut() {
        try (CudaContext context =
                CudaDevices.probe(PermittedGpus.ALL).gpus().get(0).open()) {
            context.load(new Ptx("faults", "SIMULATED-GPU device=0 call=cuDeviceTotalMem result=999"));
            CudaDevices devices = CudaDevices.probe(PermittedGpus.ALL);
            assertThat(devices.gpus())
                    .extracting(CudaDevice::number)
                    .doesNotContain(0)
                    .hasSize(COUNT - 1);
            assertThat(devices.absence().isPresent()).isEqualTo(COUNT == 1);
        }
    }
}
