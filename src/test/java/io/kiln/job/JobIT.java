package io.kiln.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiln.batch.BatchService;
import io.kiln.batch.BatchSettings;
import io.kiln.batch.ItemSelection;
import io.kiln.batch.ItemService;
import io.kiln.batch.ItemSettings;
import io.kiln.batch.QueueRequest;
import io.kiln.batch.QueueService;
import io.kiln.device.TransientDeviceException;
import io.kiln.integration.KilnDeployment;
import io.kiln.job.ArithmeticWork.Step;
import io.kiln.persistence.PageRequest;
import io.kiln.pipeline.UnitRange;
import io.kiln.pipeline.UnreadableInputException;
import io.kiln.run.BatchId;
import io.kiln.run.RunFilter;
import io.kiln.run.RunLogs;
import io.kiln.run.RunService;
import io.kiln.run.RunState;
import io.kiln.run.RunView;
import io.kiln.settings.Settings;
import jakarta.annotation.Resource;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The job's definition and artefacts in WildFly, on PostgreSQL, through the queue; only the pipeline is one whose every number is known. */
@ExtendWith(ArquillianExtension.class)
class JobIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WHO = "tester";

    @Inject
    private BatchService batches;

    @Inject
    private ItemService items;

    @Inject
    private QueueService queue;

    @Inject
    private RunService runs;

    @Inject
    private RunHost host;

    @Inject
    private RunLogs logs;

    @Inject
    private Settings settings;

    @Resource(lookup = "java:jboss/datasources/KilnDS")
    private DataSource database;

    private BatchId batch;
    private Path input;

    @Deployment
    static WebArchive application() throws IOException {
        String definition =
                Files.readString(Path.of("batch-jobs/tomo-full.xml")).replace("id=\"tomo-full\"", "id=\"arithmetic\"");
        return KilnDeployment.with(
                        JobIT.class,
                        ArithmeticPipeline.class,
                        ArithmeticPipeline.Parameters.class,
                        ArithmeticWork.class,
                        ArithmeticWork.Event.class,
                        Step.class)
                .addAsResource(new StringAsset(definition), "META-INF/batch-jobs/arithmetic.xml");
    }

    @BeforeEach
    void makeInput() throws IOException {
        ArithmeticPipeline.reset();
        Path folder = Files.createDirectories(settings.data().get(0).resolve("job-" + UUID.randomUUID()));
        input = Files.writeString(folder.resolve("scan"), "input");
        batch = batches.create(BatchSettings.named(folder.getFileName().toString()), WHO)
                .id();
        items.add(batch, List.of(ItemSettings.of(input.toString())), WHO);
    }

    @AfterEach
    void stopWhatRuns() {
        ArithmeticPipeline.reset();
        batches.stop(batch, WHO);
        await().atMost(PATIENCE)
                .until(() ->
                        runs
                                .list(new RunFilter(Optional.of(batch), Optional.empty()), PageRequest.of(null, null))
                                .items()
                                .stream()
                                .allMatch(view -> view.run().state().isOver()));
    }

    @Test
    void aRunIsComputedInSlabsAndPublishedWithItsFacts() throws IOException {
        RunView done = ends(queued(1), RunState.COMPLETED);

        assertThat(published(done)).isEqualTo(values(60));
        assertThat(ArithmeticPipeline.computations().getAsInt()).isEqualTo(30);
        JsonObject facts = metadata(done).getJsonObject("run");
        assertThat(facts.getString("id")).isEqualTo(done.run().id().toString());
        assertThat(facts.getJsonObject("timings").getJsonArray("lanes")).hasSize(1);
        assertThat(facts.getJsonObject("timings")
                        .getJsonArray("lanes")
                        .getJsonObject(0)
                        .getInt("units"))
                .isEqualTo(60);
        assertThat(workFolders(done)).isEmpty();
    }

    @Test
    void lanesOnSeveralDevicesShareARun() throws IOException {
        RunView done = ends(queued(3), RunState.COMPLETED);

        assertThat(published(done)).isEqualTo(values(60));
        assertThat(ArithmeticPipeline.WORKS)
                .hasSize(3)
                .allMatch(work -> work.computed.size() == 10)
                .allMatch(work -> work.closes.get() == 1);
    }

    @Test
    void slabsThatCannotBeReadAreSkippedAndTheRunIsMarkedIncomplete() throws IOException {
        ArithmeticPipeline.event = (step, units) -> {
            if (step == Step.READ && Set.of(0, 20, 22, 58).contains(units.from())) {
                throw new UnreadableInputException("bad sector", new IOException("bad sector"));
            }
        };
        RunId run = queued(1);

        RunView done = ends(run, RunState.COMPLETED);

        long[] expected = values(60);
        List.of(0, 1, 20, 21, 22, 23, 58, 59).forEach(unit -> expected[unit] = ArithmeticWork.SKIPPED);
        assertThat(published(done)).isEqualTo(expected);
        assertThat(done.run().incomplete()).isTrue();
        assertThat(metadata(done).getInt("skipped")).isEqualTo(8);
        assertThat(log(run)).contains("[20, 22)").contains("bad sector");
    }

    @Test
    void aRunOfWhichNothingCanBeReadFails() {
        ArithmeticPipeline.event = (step, units) -> {
            if (step == Step.READ) {
                throw new UnreadableInputException("bad sector", new IOException("bad sector"));
            }
        };

        RunView failed = ends(queued(1), RunState.FAILED);

        assertThat(reason(failed)).contains("not one number");
        assertThat(runs.output(failed.run())).doesNotExist();
    }

    @Test
    void aSlabIsComputedAgainAfterATransientFailure() throws IOException {
        Set<Integer> failed = ConcurrentHashMap.newKeySet();
        ArithmeticPipeline.event = (step, units) -> {
            if (step == Step.COMPUTE && units.from() % 10 == 0 && failed.add(units.from())) {
                throw new TransientDeviceException("lost a beat");
            }
        };
        RunId run = queued(1);

        RunView done = ends(run, RunState.COMPLETED);

        assertThat(published(done)).isEqualTo(values(60));
        assertThat(done.run().incomplete()).isFalse();
        assertThat(ArithmeticPipeline.computations().getAsInt()).isEqualTo(36);
        assertThat(log(run)).contains("lost a beat");
    }

    @Test
    void aWriteErrorFailsTheRunWithItsCauseAndARestartDoesWhatIsMissing() throws IOException {
        AtomicBoolean broken = new AtomicBoolean(true);
        ArithmeticPipeline.event = (step, units) -> {
            if (step == Step.WRITE && units.from() == 30 && broken.get()) {
                throw new IOException("the disk does not answer");
            }
        };
        RunId run = queued(1);
        RunView failed = ends(run, RunState.FAILED);
        assertThat(reason(failed)).contains("the disk does not answer");
        assertThat(runs.output(failed.run())).doesNotExist();

        broken.set(false);
        runs.restart(run, WHO);

        RunView done = ends(run, RunState.COMPLETED);
        assertThat(published(done)).isEqualTo(values(60));
        assertThat(ArithmeticPipeline.PLANS).hasSize(1);
        assertThat(ArithmeticPipeline.WORKS.get(1).computed)
                .doesNotContain(new UnitRange(0, 2))
                .contains(new UnitRange(30, 32));
        assertThat(ArithmeticPipeline.computations().getAsInt()).isLessThanOrEqualTo(30 + 6);
    }

    @Test
    void aStopTakesEffectWithinASlabAndNothingIsComputedTwice() throws Exception {
        CountDownLatch atSlab20 = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ArithmeticPipeline.event = (step, units) -> {
            if (step == Step.COMPUTE && units.from() == 20) {
                atSlab20.countDown();
                pass(goOn);
            }
        };
        RunId run = queued(1);
        pass(atSlab20);
        runs.stop(run, WHO);
        await().atMost(PATIENCE).until(() -> host.stopRequested(new Attempt(run, 1)));
        goOn.countDown();

        RunView stopped = ends(run, RunState.STOPPED);
        int computed = ArithmeticPipeline.computations().getAsInt();
        assertThat(computed).isBetween(11, 13);
        assertThat(done(stopped)).isEqualTo(computed * 2);
        assertThat(BatchRuntime.getJobOperator()
                        .getJobExecution(runs.get(run).executions().get(0).id())
                        .getBatchStatus())
                .isEqualTo(BatchStatus.STOPPED);

        runs.restart(run, WHO);
        assertThat(published(ends(run, RunState.COMPLETED))).isEqualTo(values(60));
        assertThat(ArithmeticPipeline.computations().getAsInt()).isEqualTo(30);
    }

    @Test
    void twoFailuresInARowAndAnotherNumberOfLanesEachTimeLoseNothing() throws Exception {
        AtomicInteger slabsLeft = new AtomicInteger(8);
        ArithmeticPipeline.event = (step, units) -> {
            if (step == Step.COMPUTE && slabsLeft.decrementAndGet() < 0) {
                throw new IllegalStateException("power failure");
            }
        };
        RunId run = queued(3);
        RunView first = ends(run, RunState.FAILED);
        setDevices(run, 1);
        slabsLeft.set(6);
        runs.restart(run, WHO);
        RunView second = ends(run, RunState.FAILED);
        assertThat(done(second)).isGreaterThan(done(first));
        setDevices(run, 2);
        slabsLeft.set(Integer.MAX_VALUE);
        runs.restart(run, WHO);

        RunView done = ends(run, RunState.COMPLETED);

        assertThat(published(done)).isEqualTo(values(60));
        assertThat(ArithmeticPipeline.PLANS).hasSize(1);
        assertThat(ArithmeticPipeline.WORKS).hasSize(3 + 1 + 2);
    }

    @Test
    void anExecutionThatLostItsRunSettlesNothingMoreAndTheNextGoesOn() throws Exception {
        CountDownLatch atSlab20 = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ArithmeticPipeline.event = (step, units) -> {
            if (step == Step.COMPUTE && units.from() == 20 && goOn.getCount() > 0) {
                atSlab20.countDown();
                pass(goOn);
            }
        };
        RunId run = queued(1);
        pass(atSlab20);
        update("delete from device_lease where run = ?", run);
        update("update run set state = 'QUEUED' where id = ?", run);
        await().atMost(PATIENCE)
                .until(() -> ArithmeticPipeline.WORKS.size() == 2
                        || runs.get(run).run().state().isOver());
        goOn.countDown();

        RunView done = ends(run, RunState.COMPLETED);

        assertThat(done.run().attempt()).isEqualTo(2);
        assertThat(published(done)).isEqualTo(values(60));
    }

    @Test
    void aRestartWithNoUnitLeftOnlyPublishes() throws IOException {
        AtomicBoolean broken = new AtomicBoolean(true);
        ArithmeticPipeline.completing = () -> {
            if (broken.get()) {
                throw new IllegalStateException("no picture today");
            }
        };
        RunId run = queued(2);
        assertThat(reason(ends(run, RunState.FAILED))).contains("no picture today");
        broken.set(false);
        runs.restart(run, WHO);

        RunView done = ends(run, RunState.COMPLETED);

        assertThat(published(done)).isEqualTo(values(60));
        assertThat(ArithmeticPipeline.WORKS).hasSize(2);
        assertThat(ArithmeticPipeline.computations().getAsInt()).isEqualTo(30);
    }

    @Test
    void anInputThatChangedIsNotMixedWithWhatWasComputedFromTheOld() throws IOException {
        ArithmeticPipeline.event = (step, units) -> {
            if (units.from() == 30) {
                throw new IllegalStateException("power failure");
            }
        };
        RunId run = queued(1);
        ends(run, RunState.FAILED);
        ArithmeticPipeline.reset();
        Files.writeString(input, "another input");
        runs.restart(run, WHO);

        RunView failed = ends(run, RunState.FAILED);

        assertThat(reason(failed))
                .contains(input.toString())
                .contains("changed")
                .contains("queue a new run");
        assertThat(ArithmeticPipeline.computations().getAsInt()).isZero();
    }

    @Test
    void anInputThatThePipelineRejectsFailsTheRunWithItsWords() throws IOException {
        Files.writeString(input, "");
        RunView failed = ends(queued(1), RunState.FAILED);

        assertThat(reason(failed)).contains("is empty: there is nothing to compute from");
    }

    @Test
    void anOutputThatKilnDidNotMakeIsKept() throws IOException {
        Path place = Files.createDirectories(input.getParent()
                .resolveSibling(input.getParent().getFileName() + "_rec")
                .resolve("scan_rec"));
        Files.writeString(place.resolve("mine"), "by hand");

        RunView failed = ends(queued(1), RunState.FAILED);

        assertThat(reason(failed))
                .contains(place.toString())
                .contains("not made by Kiln")
                .contains("force");
        assertThat(place.resolve("mine")).hasContent("by hand");
    }

    @Test
    void anExecutionThatTheQueueDidNotStartIsRefused() {
        RunId run = RunId.random();
        Properties properties = new Properties();
        properties.setProperty("run", run.toString());
        JobOperator operator = BatchRuntime.getJobOperator();
        long execution = operator.start("arithmetic", properties);

        await().atMost(PATIENCE)
                .until(() -> operator.getJobExecution(execution).getBatchStatus() == BatchStatus.FAILED);

        assertThat(operator.getJobExecution(execution).getExitStatus())
                .startsWith("REFUSED")
                .contains(run.toString());
        assertThat(ArithmeticPipeline.PLANS).isEmpty();
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long[] values(int units) {
        return IntStream.range(0, units).mapToLong(ArithmeticWork::value).toArray();
    }

    private RunId queued(int devices) {
        QueueRequest request = new QueueRequest(
                Optional.of(ArithmeticPipeline.NAME),
                new ItemSelection.All(),
                JsonValue.EMPTY_JSON_OBJECT,
                Optional.empty(),
                devices,
                Optional.empty(),
                0,
                false,
                false);
        return queue.queue(batch, request, WHO).runs().get(0).order().id();
    }

    /** Waits until the run is over, which must be in this state. */
    private RunView ends(RunId run, RunState state) {
        await().atMost(PATIENCE).until(() -> runs.get(run).run().state().isOver());
        RunView view = runs.get(run);
        assertThat(view.run().state())
                .as(view.reason().orElse("no reason") + "\n" + log(run))
                .isEqualTo(state);
        return view;
    }

    private static String reason(RunView view) {
        return view.reason().orElse("");
    }

    private static int done(RunView view) {
        return view.progress().orElseThrow().done();
    }

    private String log(RunId run) {
        return String.join("\n", logs.tail(run, 1000));
    }

    private long[] published(RunView view) throws IOException {
        return ArithmeticWork.values(runs.output(view.run()).resolve(ArithmeticPipeline.FILE));
    }

    private JsonObject metadata(RunView view) throws IOException {
        try (JsonReader json = Json.createReader(
                Files.newBufferedReader(runs.output(view.run()).resolve("recon.json")))) {
            return json.readObject();
        }
    }

    private List<Path> workFolders(RunView view) throws IOException {
        try (Stream<Path> beside = Files.list(runs.output(view.run()).getParent())) {
            return beside.filter(path -> path.getFileName().toString().startsWith(RunFolders.PREFIX))
                    .toList();
        }
    }

    private void setDevices(RunId run, int devices) throws SQLException {
        update("update run set devices = " + devices + " where id = ?", run);
    }

    private void update(String sql, RunId run) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, run.value());
            assertThat(statement.executeUpdate()).isPositive();
        }
    }
}
