package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.device.Device;
import io.kiln.device.DeviceId;
import io.kiln.device.DeviceLostException;
import io.kiln.device.DeviceUse;
import io.kiln.device.Devices;
import io.kiln.event.AuditLog;
import io.kiln.event.EventFeed;
import io.kiln.job.Attempt;
import io.kiln.persistence.UnknownIdException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of devices that are lost, or that others use. */
class LostDevicesTest {
    private static final DeviceId FIRST = new DeviceId("cpu0");

    @TempDir
    private Path folder;

    private TestRuns runs;
    private NodeService nodes;

    @BeforeEach
    void aNodeWithTwoDevices() {
        runs = new TestRuns(folder).withNode(TestRuns.NODE, 2);
        nodes = new NodeService(runs.sql, runs.leases, new EventFeed(runs.sql), new AuditLog(runs.sql));
    }

    /** A device as its owner knows it: what it needs to be brought back, and who uses it. */
    private record Machine(Optional<String> problem, Map<DeviceId, DeviceUse> use) implements Devices {
        @Override
        public List<Device> all() {
            return List.of(new Machinery(FIRST, problem), new Machinery(new DeviceId("cpu1"), Optional.empty()));
        }
    }

    private record Machinery(DeviceId id, Optional<String> recover) implements Device {
        @Override
        public String title() {
            return "a device of its own kind";
        }

        @Override
        public long memoryBytes() {
            return 1;
        }

        @Override
        public int sharing() {
            return 2;
        }
    }

    @Test
    void aDeviceThatComesBackIsUsedAtOnceAndTheRunGoesOn() {
        Attempt attempt = losing(Optional.empty());

        assertThat(runs.state(attempt.run())).isEqualTo(RunState.QUEUED);
        assertThat(runs.reason(attempt.run())).contains("waiting for a device");
        assertThat(quarantined(FIRST)).isEmpty();
        assertThat(runs.begun(2).number()).isEqualTo(2);
    }

    @Test
    void oneThatDoesNotIsLeftAloneUntilAnOperatorReleasesIt() {
        losing(Optional.of("CUDA_ERROR_DEVICE_UNAVAILABLE while resetting it"));
        assertThat(quarantined(FIRST))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("CUDA_ERROR_DEVICE_UNAVAILABLE")
                        .contains("operator"));
        runs.database.inTransaction(() -> assertThat(runs.leases.usable(TestRuns.NODE.node()))
                .extracting(DeviceId::value)
                .containsExactly("cpu1"));

        nodes.register(TestRuns.NODE, new Machine(Optional.empty(), Map.of()).all());
        assertThat(quarantined(FIRST)).as("a restart releases nothing").isPresent();

        nodes.releaseDevice(TestRuns.NODE.node(), FIRST.value(), "ada");
        nodes.releaseDevice(TestRuns.NODE.node(), FIRST.value(), "ada");
        assertThat(quarantined(FIRST)).isEmpty();
        assertThat(runs.sql.list(row -> row.getString(1), "select action from audit where subject = 'node-a/cpu0'"))
                .containsExactly("release device");
    }

    @Test
    void whatDoesNotExistCannotBeReleased() {
        assertThatThrownBy(() -> nodes.releaseDevice(TestRuns.NODE.node(), "gpu7", "ada"))
                .isInstanceOf(UnknownIdException.class)
                .hasMessageContaining("node-a/gpu7");
    }

    @Test
    void aDeviceThatOthersComputeOnIsNotLeasedMeanwhile() throws Exception {
        DeviceUse used =
                new DeviceUse(OptionalLong.of(5), OptionalInt.of(97), List.of(new DeviceUse.Other(4711, "python")));
        new DeviceWatch(runs.sql, new Machine(Optional.empty(), Map.of(FIRST, used))).look(TestRuns.NODE);
        assertThat(runs.reason(runs.queued()))
                .isEqualTo("waiting for a device; cpu0 of node node-a is used by process 4711 (python)");
        NodeView.NodeDevice shown = shown(FIRST);
        assertThat(shown.occupiedBy()).contains("process 4711 (python)");
        assertThat(shown.freeBytes()).contains(5L);
        assertThat(shown.busyPercent()).contains(97);
        runs.database.inTransaction(() -> assertThat(runs.leases.usable(TestRuns.NODE.node()))
                .extracting(DeviceId::value)
                .containsExactly("cpu1"));

        new DeviceWatch(runs.sql, new Machine(Optional.empty(), Map.of())).look(TestRuns.NODE);
        assertThat(shown(FIRST).occupiedBy()).isEmpty();
        runs.database.inTransaction(
                () -> assertThat(runs.leases.usable(TestRuns.NODE.node())).hasSize(2));
    }

    private Attempt losing(Optional<String> problem) {
        runs.queued();
        Attempt attempt = runs.begun(1);
        runs.database.inTransaction(() -> {
            runs.end.note(attempt, new IllegalStateException(new DeviceLostException(FIRST, "cpu0: it is gone")));
            return null;
        });
        new LostDevices(runs.sql, new Machine(problem, Map.of()), runs.leases, runs.logs).recover(attempt);
        runs.database.inTransaction(() -> {
            runs.end.ended(attempt, 1, true);
            return null;
        });
        return attempt;
    }

    private Optional<String> quarantined(DeviceId device) {
        return shown(device).quarantined();
    }

    private NodeView.NodeDevice shown(DeviceId device) {
        return nodes.list().get(0).devices().stream()
                .filter(each -> each.id().equals(device.value()))
                .findFirst()
                .orElseThrow();
    }
}
