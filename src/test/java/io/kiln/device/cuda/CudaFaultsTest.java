package io.kiln.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.device.DeviceId;
import io.kiln.device.DeviceLostException;
import io.kiln.device.OutOfDeviceMemoryException;
import io.kiln.device.TransientDeviceException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of each way in which a GPU fails. The simulated driver fails as it is told. */
@SimulatedGpus
class CudaFaultsTest {
    private final List<CudaDevice> gpus = CudaDevices.probe(PermittedGpus.ALL).gpus();
    private final CudaDevice gpu = gpus.get(gpus.size() - 1);
    private final CudaContext control = gpu.open();
    private CudaContext context;

    @BeforeEach
    void open() {
        context = gpu.open();
    }

    @AfterEach
    void heal() {
        fault("clear");
        control.close();
        context.close();
        assertThat(gpu.recover()).isEmpty();
    }

    @Test
    void moreMemoryThanThereIsCanBeAskedForInVain() {
        assertThatThrownBy(() -> context.allocate(1L << 40))
                .isInstanceOf(OutOfDeviceMemoryException.class)
                .hasMessage(gpu.id() + ": CUDA_ERROR_OUT_OF_MEMORY while allocating 1099511627776 bytes");
        assertThatCode(() -> context.allocate(1 << 20).close()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"304,CUDA_ERROR_OPERATING_SYSTEM", "802,CUDA_ERROR_SYSTEM_NOT_READY", "806,CUDA_ERROR_MPS_RPC_FAILURE"})
    void whatMaySucceedNextTimeIsTransient(int result, String name) {
        fault("call=cuMemAlloc result=" + result);
        assertThatThrownBy(() -> context.allocate(100))
                .isInstanceOf(TransientDeviceException.class)
                .hasMessageContaining(name);
        assertThat(context.isLost()).isFalse();
        context.allocate(100).close();
    }

    @ParameterizedTest
    @CsvSource({
        "700,CUDA_ERROR_ILLEGAL_ADDRESS",
        "702,CUDA_ERROR_LAUNCH_TIMEOUT",
        "716,CUDA_ERROR_MISALIGNED_ADDRESS",
        "719,CUDA_ERROR_LAUNCH_FAILED"
    })
    void aBrokenContextIsLostUntilTheDeviceIsReset(int result, String name) {
        DeviceMemory memory = context.allocate(100);
        CudaStream stream = context.newStream();
        fault("call=cuMemsetD8Async result=" + result);
        assertThatThrownBy(() -> stream.fill(memory, 0, 100, (byte) 0))
                .isInstanceOf(DeviceLostException.class)
                .hasMessage(gpu.id() + ": " + name + " while setting 100 bytes on the device");
        assertThatThrownBy(stream::await).isInstanceOf(DeviceLostException.class);
        // what the device held is gone; giving it back is no error
        stream.close();
        memory.close();
        context.close();
        assertThat(gpu.recover()).isEmpty();
        try (CudaContext again = gpu.open()) {
            again.allocate(100).close();
        }
    }

    @Test
    void aFailureOfOneGpuLeavesTheOthersAlone() {
        DeviceId lost = gpu.id();
        fault("device=" + gpu.number() + " call=cuMemAlloc result=700");
        for (CudaDevice each : gpus) {
            try (CudaContext own = each.open()) {
                if (each.id().equals(lost)) {
                    assertThatThrownBy(() -> own.allocate(10))
                            .isInstanceOfSatisfying(
                                    DeviceLostException.class,
                                    failure -> assertThat(failure.device()).isEqualTo(lost));
                } else {
                    own.allocate(10).close();
                }
            }
        }
    }

    @Test
    void aGpuThatHasFallenOffTheBusDoesNotRecover() {
        CudaContext first = context;
        fault("device=" + gpu.number() + " call=cuMemAlloc result=46 lost");
        assertThatThrownBy(() -> first.allocate(10)).isInstanceOf(DeviceLostException.class);
        first.close();
        assertThat(gpu.recover())
                .hasValueSatisfying(reason -> assertThat(reason).contains("CUDA_ERROR_DEVICE_UNAVAILABLE"));
    }

    @Test
    void aRequestThatIsWrongIsNoFaultOfTheDevice() {
        fault("call=cuMemAlloc result=222");
        assertThatThrownBy(() -> context.allocate(10))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CUDA_ERROR_UNSUPPORTED_PTX_VERSION")
                .hasMessageContaining("too old");
        assertThat(context.isLost()).isFalse();
    }

    private void fault(String text) {
        control.load(new Ptx("faults", "SIMULATED-GPU " + text));
    }
}
