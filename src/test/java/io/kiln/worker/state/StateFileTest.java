package io.kiln.worker.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.job.RunId;
import io.kiln.job.SlabOutcome;
import io.kiln.pipeline.FileIdentity;
import io.kiln.pipeline.InputIdentity;
import io.kiln.pipeline.OutputName;
import io.kiln.pipeline.PipelineName;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.UnitRange;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    private static final Plan PLAN = new Plan(12, 2, "slice", 1200, JsonValue.EMPTY_JSON_OBJECT);
    private static final JsonObject PARAMETERS =
            Json.createObjectBuilder().add("rotationAxis", 12.5).build();

    private static final Instant MODIFIED = Instant.parse("2026-11-21T12:00:00.123456Z");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("deep").resolve("run.state");
    }

    private static Order order(long bytes, JsonObject parameters, boolean force) {
        return new Order(
                new PipelineName("tomo-full"),
                Path.of("/data/scan.h5"),
                new InputIdentity(new FileIdentity(bytes, MODIFIED), Map.of("flatFile", new FileIdentity(7, MODIFIED))),
                parameters,
                Path.of("/results"),
                new OutputName("scan_rec", OutputName.Form.FOLDER),
                Optional.of(Path.of("/scratch")),
                force);
    }

    private static Order order() {
        return order(100, PARAMETERS, false);
    }

    @Test
    void theSameOrderGoesOnWithTheSameRun() throws IOException {
        RunId run;
        try (StateFile state = StateFile.open(file)) {
            assertThat(state.record()).isEmpty();
            run = state.begin(order()).id();
            state.keep(PLAN);
            state.settle(SlabOutcome.DONE, List.of(new UnitRange(0, 4)));
            state.enter(RunPhase.FAILED);
        }

        try (StateFile again = StateFile.open(file)) {
            assertThat(again.current().phase()).isEqualTo(RunPhase.FAILED);
            RunRecord begun = again.begin(order(100, PARAMETERS, true));

            assertThat(begun.id()).isEqualTo(run);
            assertThat(begun.attempt()).isEqualTo(2);
            assertThat(begun.phase()).isEqualTo(RunPhase.RUNNING);
            assertThat(begun.plan()).contains(PLAN);
            assertThat(begun.order()).isEqualTo(order(100, PARAMETERS, true));
            assertThat(again.settled(SlabOutcome.DONE)).containsExactly(new UnitRange(0, 4));
        }
    }

    @Test
    void anotherOrderIsRefusedAndSaysWhatDiffers() throws IOException {
        JsonObject other = Json.createObjectBuilder().add("rotationAxis", 13).build();
        try (StateFile state = StateFile.open(file)) {
            state.begin(order());

            assertThatThrownBy(() -> state.begin(order(100, other, false)))
                    .isInstanceOf(StateRefusedException.class)
                    .hasMessageContaining("rotationAxis is 13 and was 12.5")
                    .hasMessageContaining("--fresh");
            assertThatThrownBy(() -> state.begin(order(101, PARAMETERS, false)))
                    .isInstanceOf(StateRefusedException.class)
                    .hasMessageContaining("the input's content", "bytes=101", "bytes=100");
            assertThat(state.current().attempt()).isEqualTo(1);
        }
    }

    @Test
    void aForgottenRunLeavesNothingToTheNext() throws IOException {
        try (StateFile state = StateFile.open(file)) {
            RunId first = state.begin(order()).id();
            state.settle(SlabOutcome.DONE, List.of(new UnitRange(0, 4)));

            state.forget();

            assertThat(state.begin(order()).id()).isNotEqualTo(first);
            assertThat(state.settled(SlabOutcome.DONE)).isEmpty();
        }
    }

    @Test
    void aLedgerWithoutARecordIsVoid() throws IOException {
        try (StateFile state = StateFile.open(file)) {
            state.begin(order());
            state.settle(SlabOutcome.DONE, List.of(new UnitRange(0, 4)));
        }
        Files.delete(file);

        try (StateFile again = StateFile.open(file)) {
            again.begin(order());
            assertThat(again.settled(SlabOutcome.DONE)).isEmpty();
        }
    }

    @Test
    void aRecordThatWasBeingReplacedIsTheOldOne() throws IOException {
        try (StateFile state = StateFile.open(file)) {
            state.begin(order());
        }
        Files.writeString(file.resolveSibling("run.state.new"), "{\"kilnWorkerState\":1,\"run\":");

        try (StateFile again = StateFile.open(file)) {
            assertThat(again.begin(order()).attempt()).isEqualTo(2);
        }
    }

    @Test
    void aStateIsHeldByOneWorkerAtATime() throws IOException {
        try (StateFile held = StateFile.open(file)) {
            assertThatThrownBy(() -> StateFile.open(file))
                    .isInstanceOf(StateRefusedException.class)
                    .hasMessageContaining("another worker holds");
            assertThat(held.record()).isEmpty();
        }

        StateFile.open(file).close();
    }

    @Test
    void aFileThatIsNoStateIsRefusedAndKept() throws IOException {
        Files.createDirectories(file.getParent());
        for (String content : List.of("precious", "{}", "{\"kilnWorkerState\":2}", "")) {
            Files.writeString(file, content);

            assertThatThrownBy(() -> StateFile.open(file))
                    .isInstanceOf(StateRefusedException.class)
                    .hasMessageContaining("is no state file");

            assertThat(file).hasContent(content);
        }
    }
}
