package io.kiln.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.device.Device;
import io.kiln.device.cpu.CpuDevice;
import io.kiln.device.cuda.CudaDevice;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InspectionShareTest {
    private static final long MEBIBYTE = 1 << 20;
    private static final List<CpuDevice> PROCESSOR = CpuDevice.shares(2, 6, 600 * MEBIBYTE, 3);
    private static final List<CudaDevice> GPUS = List.of(gpu(0), gpu(1), gpu(2));
    private static final List<Device> ALL =
            Stream.<Device>concat(GPUS.stream(), PROCESSOR.stream()).toList();

    private static CudaDevice gpu(int number) {
        return new CudaDevice(number, new UUID(0, number), "GPU", 1L << 30, 1, 1, 90);
    }

    @Test
    void aRunOnTheProcessorInspectsWithWhatItHasOfIt() {
        assertThat(InspectionShare.of(List.copyOf(PROCESSOR), ALL, 16))
                .isEqualTo(new InspectionShare(6, 600 * MEBIBYTE));
    }

    @Test
    void runsOnGpusDivideTheCoresWhileTheyInspect() {
        assertThat(InspectionShare.of(List.of(GPUS.get(1)), ALL, 16).threads()).isEqualTo(5);
        assertThat(InspectionShare.of(List.of(GPUS.get(1)), ALL, 2).threads()).isOne();
    }
}
