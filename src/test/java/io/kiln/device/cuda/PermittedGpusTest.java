package io.kiln.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermittedGpusTest {
    @Test
    void readsNumbersInAnyOrder() {
        PermittedGpus permitted = PermittedGpus.parse(" 2, 0,2");
        assertThat(permitted.numbers()).containsExactly(0, 2);
        assertThat(permitted.permits(1)).isFalse();
    }

    @Test
    void allAreAllAndNoneIsNone() {
        assertThat(PermittedGpus.parse("all").permits(17)).isTrue();
        assertThat(PermittedGpus.parse("none").permits(0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "some", "0;1", "-1", "0,,1", "12345", "0,"})
    void saysWhatItCannotRead(String text) {
        assertThatThrownBy(() -> PermittedGpus.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("KILN_GPUS is '" + text + "'")
                .hasMessageContaining("0,2");
    }

    @Test
    void nobodyIsAskedForGpusThatMayNotBeUsed() {
        CudaDevices devices = CudaDevices.probe(PermittedGpus.NONE);
        assertThat(devices.all()).isEmpty();
        assertThat(devices.absence()).contains("the settings permit none");
    }
}
