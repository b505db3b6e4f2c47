package io.kiln.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiln.batch.ItemSelection;
import io.kiln.pipeline.UnitRange;
import io.kiln.run.ItemId;
import io.kiln.run.RunState;
import io.kiln.run.RunView;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many runs that share the server's four devices. */
@ExtendWith(ArquillianExtension.class)
@Order(2)
class SharedDevicesIT {
    private static final Logger LOG = Logger.getLogger(SharedDevicesIT.class.getName());
    private static final int DEVICES = 4;
    private static final JsonObject TINY =
            Json.createObjectBuilder().add("units", 2).build();

    @Inject
    private ArithmeticRuns runs;

    @Resource(lookup = "java:jboss/datasources/KilnDS")
    private DataSource database;

    @Deployment
    static WebArchive application() throws IOException {
        return ArithmeticRuns.deployment(SharedDevicesIT.class).addClass(DeviceTurns.class);
    }

    @BeforeEach
    void begin() throws IOException {
        runs.begin();
    }

    @AfterEach
    void end() {
        runs.end();
    }

    @Test
    void anUrgentRunGetsTheDeviceOfAFullWhichThenGoesOnWithoutComputingASlabTwice() throws IOException {
        List<ItemId> others = runs.added(2);
        Halt halt = Halt.beforeComputing(20);
        RunId full = runs.queued(
                        new ItemSelection.Only(List.of(runs.item())), DEVICES, JsonValue.EMPTY_JSON_OBJECT, false)
                .get(0);
        halt.awaitReached();
        RunId waiting = runs.queued(others.get(0), false);
        RunId urgent = runs.queued(others.get(1), true);
        runs.awaitAskedToStop(new Attempt(full, 1));
        assertThat(runs.view(urgent).run().state()).isEqualTo(RunState.QUEUED);
        ArithmeticPipeline.event = ArithmeticWork.nothing();
        halt.goOn();

        RunView urgentDone = runs.ends(urgent, RunState.COMPLETED);
        RunView fullDone = runs.ends(full, RunState.COMPLETED);
        RunView waitingDone = runs.ends(waiting, RunState.COMPLETED);

        assertThat(runs.log(full))
                .contains("attempt 1 is asked to stop by urgent run " + urgent)
                .contains("the run is QUEUED: yielded to urgent run " + urgent);
        assertThat(fullDone.run().attempt()).isEqualTo(2);
        assertThat(List.of(urgentDone, fullDone, waitingDone))
                .as("the urgent run first, the full at its old place")
                .isSortedAccordingTo(
                        Comparator.comparing(view -> view.run().claimedAt().orElseThrow()));
        assertThat(runs.published()).isEqualTo(ArithmeticRuns.values(60));
        assertThat(ArithmeticPipeline.computations().getAsInt())
                .as("30 slabs of each run, none twice")
                .isEqualTo(90);
        assertThat(ArithmeticPipeline.WORKS.stream().flatMap(work -> work.computed.stream()))
                .filteredOn(new UnitRange(20, 22)::equals)
                .hasSize(3);
    }

    @Test
    void aBatchHoldsNoMoreDevicesThanItMay() throws Exception {
        runs.edit(Json.createObjectBuilder().add("maxDevices", 2).build());
        runs.added(11);
        List<RunId> queued = runs.queued(new ItemSelection.All(), 1, JsonValue.EMPTY_JSON_OBJECT, false);

        queued.forEach(run -> runs.ends(run, RunState.COMPLETED));

        try (Connection connection = database.getConnection()) {
            assertThat(turns(connection).mostAtOnce()).isEqualTo(2);
        }
    }

    /** {@code -Dkiln.it.runs=1000} measures. */
    @Test
    void queuedRunsFollowEachOtherAtOnceAndEachRunsOnce() throws Exception {
        int count = Integer.getInteger("test.runs");
        runs.added(count - 1);
        List<RunId> queued = runs.queued(new ItemSelection.All(), 1, TINY, false);
        assertThat(queued).hasSize(count);

        try (Connection connection = database.getConnection()) {
            DeviceTurns turns = turns(connection);
            await().atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> turns.active() == 0);

            assertThat(turns.completed()).as("none is lost").isEqualTo(count);
            assertThat(turns.executions()).as("none runs twice").isEqualTo(count);
            assertThat(ArithmeticPipeline.computations().getAsInt()).isEqualTo(count);
            assertThat(turns.devices()).isEqualTo(DEVICES);
            LOG.info(turns.sentence());
            assertThat(turns.millisecondsUntilLeased())
                    .as("ms until a device is leased again; without a wake-up it would be a second")
                    .isLessThan(turns.millisecondsForALease());
        }
    }

    private DeviceTurns turns(Connection connection) {
        return new DeviceTurns(connection, runs.batch().value());
    }
}
