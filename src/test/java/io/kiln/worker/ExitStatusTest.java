package io.kiln.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.device.DeviceId;
import io.kiln.device.DeviceLostException;
import io.kiln.device.OutOfDeviceMemoryException;
import io.kiln.job.DeviceFailedException;
import io.kiln.job.DiskFullException;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.InvalidParametersException;
import io.kiln.pipeline.UnitRange;
import io.kiln.worker.execution.Outcome;
import io.kiln.worker.state.StateRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitStatusTest {
    private static final UnitRange UNITS = new UnitRange(0, 2);

    @Test
    void whatIsWholeAndWhatIsNotAreToldApart() {
        assertThat(ExitStatus.of(new Outcome.Completed(List.of()))).isEqualTo(ExitStatus.COMPLETED);
        assertThat(ExitStatus.of(new Outcome.Completed(List.of(UNITS)))).isEqualTo(ExitStatus.INCOMPLETE);
        assertThat(ExitStatus.of(new Outcome.Stopped())).isEqualTo(ExitStatus.STOPPED);
    }

    @Test
    void aFailureIsToldByTheCauseThatSaysMost() {
        DiskFullException full = new DiskFullException(Path.of("/tmp"), 1, "full", null);
        DeviceFailedException device =
                new DeviceFailedException(new DeviceId("gpu0"), UNITS, 3, new IllegalStateException("lost"));

        assertThat(failed(new UncheckedIOException(full))).isEqualTo(ExitStatus.NO_SPACE);
        assertThat(failed(new RuntimeException(device))).isEqualTo(ExitStatus.DEVICE_FAILED);
        assertThat(failed(new DeviceLostException(new DeviceId("gpu0"), "fell off the bus")))
                .isEqualTo(ExitStatus.DEVICE_FAILED);
        assertThat(failed(new OutOfDeviceMemoryException(new DeviceId("gpu0"), "others hold it")))
                .isEqualTo(ExitStatus.DEVICE_FAILED);
        assertThat(failed(new InputRejectedException("no scan"))).isEqualTo(ExitStatus.INPUT_REJECTED);
        assertThat(failed(new InvalidParametersException(List.of()))).isEqualTo(ExitStatus.PARAMETERS_INVALID);
        assertThat(failed(new StateRefusedException("another's"))).isEqualTo(ExitStatus.STATE_REFUSED);
        assertThat(failed(new IOException("read error"))).isEqualTo(ExitStatus.FAILED);
    }

    private static ExitStatus failed(Throwable cause) {
        return ExitStatus.of(new Outcome.Failed(cause));
    }

    @Test
    void theDocumentationNamesEachStatus() throws IOException {
        String document = Files.readString(Path.of("docs/worker.md"));

        assertThat(Arrays.asList(ExitStatus.values()))
                .allSatisfy(status -> assertThat(document).contains("| " + status.code() + " | " + status + " |"));
        assertThat(Arrays.stream(ExitStatus.values()).map(ExitStatus::code))
                .as("3 is the Java runtime's")
                .doesNotContain(3)
                .doesNotHaveDuplicates();
    }
}
