package io.kiln.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.device.Device;
import io.kiln.device.Devices;
import io.kiln.worker.execution.WorkerDevices;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceSelectionTest {
    private static final Devices PROCESSORS = WorkerDevices.find(3, 6, 1 << 30);

    private static List<String> names(String wanted) {
        return DeviceSelection.of(wanted, PROCESSORS).stream()
                .map(Device::id)
                .map(Object::toString)
                .toList();
    }

    @Test
    void devicesAreCountedNamedOrAllTaken() {
        assertThat(names("1")).containsExactly("cpu0");
        assertThat(names("2")).containsExactly("cpu0", "cpu1");
        assertThat(names("all")).containsExactly("cpu0", "cpu1", "cpu2");
        assertThat(names("cpu")).containsExactly("cpu0", "cpu1", "cpu2");
        assertThat(names("cpu2,cpu0,cpu2")).containsExactly("cpu2", "cpu0");
    }

    @Test
    void devicesThatAreNotThereAreRefusedWithThoseThatAre() {
        for (String wanted : List.of("0", "4", "99999999999", "gpu0", "cpu0,gpu7", "", "cpu0,")) {
            assertThatThrownBy(() -> names(wanted))
                    .as(wanted)
                    .isInstanceOf(WorkerFailure.class)
                    .hasMessageContaining("there are cpu0, cpu1, cpu2");
        }
    }

    @Test
    void threadsAndMemoryAreSharedOut() {
        assertThat(PROCESSORS.all()).allMatch(device -> device.title().equals("processor, 2 threads"));
        assertThat(PROCESSORS.all()).allMatch(device -> device.memoryBytes() == (1 << 30) / 3);
    }
}
