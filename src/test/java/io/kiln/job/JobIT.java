package io.kiln.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.kiln.device.TransientDeviceException;
import io.kiln.integration.Patience;
import io.kiln.job.ArithmeticWork.Step;
import io.kiln.pipeline.UnitRange;
import io.kiln.pipeline.UnreadableInputException;
import io.kiln.run.RunState;
import io.kiln.run.RunView;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.JobExecution;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The job's definition and artefacts in WildFly, on PostgreSQL, through the queue; only the pipeline is one whose every number is known. */
@ExtendWith(ArquillianExtension.class)
@Order(2)
class JobIT {
    @Inject
    private ArithmeticRuns runs;

    @Deployment
    static WebArchive application() throws IOException {
        return ArithmeticRuns.deployment(JobIT.class);
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
    void aRunIsComputedInSlabsAndPublishedWithItsFacts() throws IOException {
        RunView done = runs.ends(runs.queued(1), RunState.COMPLETED);

        assertThat(runs.published()).isEqualTo(ArithmeticRuns.values(60));
        assertThat(ArithmeticPipeline.computations().getAsInt()).isEqualTo(30);
        JsonObject facts = runs.metadata().getJsonObject("run");
        assertThat(facts.getString("id")).isEqualTo(done.run().id().toString());
        assertThat(unitsOfAttempts()).containsExactly(Map.entry(1, 60));
        // they go after the state has changed
        await().atMost(Patience.LIMIT)
                .untilAsserted(() -> assertThat(runs.workFolders()).isEmpty());
    }

    @Test
    void theLogTellsWhatHappenedInOrder() throws IOException {
        RunId run = runs.queued(1);
        runs.ends(run, RunState.COMPLETED);

        // the last line is written after the state has changed
        await().atMost(Patience.LIMIT).until(() -> runs.log(run).contains("has ended"));
        assertThat(runs.log(run).lines().map(line -> line.substring(line.indexOf(' ') + 1)))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("queued by tester at 2"),
                        line -> assertThat(line).matches("node \\S+ claims the run on cpu0: attempt 1"),
                        line -> assertThat(line).matches("attempt 1 begins as execution \\d+"),
                        line -> assertThat(line)
                                .matches(
                                        "the input is inspected after .* s: 60 numbers are to be made, 1 MiB of output"),
                        line -> assertThat(line)
                                .isEqualTo("the lane on cpu0 begins: 60 numbers, in slabs of at most 2"),
                        line -> assertThat(line).startsWith("6 of 60 numbers are done (10 %)"),
                        line -> assertThat(line).startsWith("12 of 60"),
                        line -> assertThat(line).startsWith("18 of 60"),
                        line -> assertThat(line).startsWith("24 of 60"),
                        line -> assertThat(line).startsWith("30 of 60"),
                        line -> assertThat(line).startsWith("36 of 60"),
                        line -> assertThat(line).startsWith("42 of 60"),
                        line -> assertThat(line).startsWith("48 of 60"),
                        line -> assertThat(line).startsWith("54 of 60"),
                        line -> assertThat(line).startsWith("60 of 60"),
                        line -> assertThat(line)
                                .startsWith("the lane on cpu0 ends: 60 numbers in ")
                                .contains("computing"),
                        line -> assertThat(line).startsWith("the output is published at " + runs.place() + " after "),
                        line -> assertThat(line)
                                .matches("attempt 1 has ended after .* s; the run is COMPLETED, .* s after it began"));
    }

    @Test
    void lanesOnSeveralDevicesShareARun() throws IOException {
        runs.ends(runs.queued(3), RunState.COMPLETED);

        assertThat(runs.published()).isEqualTo(ArithmeticRuns.values(60));
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
        RunId run = runs.queued(1);

        RunView done = runs.ends(run, RunState.COMPLETED);

        long[] expected = ArithmeticRuns.values(60);
        List.of(0, 1, 20, 21, 22, 23, 58, 59).forEach(unit -> expected[unit] = ArithmeticWork.SKIPPED);
        assertThat(runs.published()).isEqualTo(expected);
        assertThat(done.run().incomplete()).isTrue();
        assertThat(runs.metadata().getInt("skipped")).isEqualTo(8);
        assertThat(runs.log(run))
                .contains("numbers 20 to 21 are skipped: bad sector")
                .contains("8 numbers could not be read");
    }

    @Test
    void nothingIsSkippedOfAnInputThatIsAway() throws IOException, SQLException {
        Path away = runs.input().resolveSibling("away");
        ArithmeticPipeline.event = (step, units) -> {
            if (step == Step.READ && units.from() == 20) {
                Files.move(runs.input(), away);
                throw new UnreadableInputException("stale file handle", new IOException("stale file handle"));
            }
        };
        RunId run = runs.queued(1);
        assertThat(runs.failure(run)).contains("the input " + runs.input() + " is not there: put it back");

        ArithmeticPipeline.event = ArithmeticWork.nothing();
        Files.move(away, runs.input());
        runs.restart(run, 1);

        assertThat(runs.ends(run, RunState.COMPLETED).run().incomplete()).isFalse();
        assertThat(runs.published()).isEqualTo(ArithmeticRuns.values(60));
    }

    @Test
    void aRunOfWhichNothingCanBeReadFails() {
        ArithmeticPipeline.event = (step, units) -> {
            if (step == Step.READ) {
                throw new UnreadableInputException("bad sector", new IOException("bad sector"));
            }
        };

        assertThat(runs.failure(runs.queued(1))).contains("not one number");

        assertThat(runs.place()).doesNotExist();
    }

    @Test
    void aSlabIsComputedAgainAfterATransientFailure() throws IOException {
        Set<Integer> failed = ConcurrentHashMap.newKeySet();
        ArithmeticPipeline.event = (step, units) -> {
            if (step == Step.COMPUTE && units.from() % 10 == 0 && failed.add(units.from())) {
                throw new TransientDeviceException("lost a beat");
            }
        };
        RunId run = runs.queued(1);

        RunView done = runs.ends(run, RunState.COMPLETED);

        assertThat(runs.published()).isEqualTo(ArithmeticRuns.values(60));
        assertThat(done.run().incomplete()).isFalse();
        assertThat(ArithmeticPipeline.computations().getAsInt()).isEqualTo(36);
        assertThat(runs.log(run)).contains("numbers 10 to 11 are computed again: lost a beat");
    }

    @Test
    void aWriteErrorFailsTheRunWithItsCauseAndARestartDoesWhatIsMissing() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        ArithmeticPipeline.event = (step, units) -> {
            if (step == Step.WRITE && units.from() == 30 && broken.get()) {
                throw new IOException("the disk does not answer");
            }
        };
        RunId run = runs.queued(1);
        assertThat(runs.failure(run)).contains("the disk does not answer");
        assertThat(runs.place()).doesNotExist();
        broken.set(false);

        runs.restart(run, 1);
        runs.ends(run, RunState.COMPLETED);

        assertThat(runs.published()).isEqualTo(ArithmeticRuns.values(60));
        assertThat(ArithmeticPipeline.PLANS).hasSize(1);
        assertThat(ArithmeticPipeline.WORKS.get(1).computed)
                .doesNotContain(new UnitRange(0, 2))
                .contains(new UnitRange(30, 32));
        assertThat(ArithmeticPipeline.computations().getAsInt()).isLessThanOrEqualTo(30 + 6);
    }

    @Test
    void aRestartIsRefusedWhereTheInputOrAFileBesideItHasChanged() throws Exception {
        Path other = Files.writeString(runs.input().resolveSibling("other"), "flat fields");
        ArithmeticPipeline.event = (step, units) -> {
            throw new IllegalStateException("power failure");
        };
        RunId run = runs.queued(
                1, Json.createObjectBuilder().add("otherFile", other.toString()).build());
        assertThat(runs.failure(run)).contains("power failure");
        ArithmeticPipeline.event = ArithmeticWork.nothing();

        Files.writeString(other, "flat fields, measured again");
        runs.restart(run, 1);
        assertThat(runs.failure(run))
                .contains("the otherFile " + other + " changed since the run was queued: it had 11 bytes");

        Files.delete(other);
        runs.restart(run, 1);
        assertThat(runs.failure(run)).contains("the otherFile " + other + " is not there");

        Files.createDirectory(other);
        runs.restart(run, 1);
        assertThat(runs.failure(run)).contains("the otherFile " + other + " is a folder, not a file");

        Files.writeString(runs.input(), "measured again");
        runs.restart(run, 1);
        assertThat(runs.failure(run)).contains("the input " + runs.input() + " changed since the run was queued");
    }

    @Test
    void aStopTakesEffectWithinASlabAndNothingIsComputedTwice() throws Exception {
        Halt halt = Halt.beforeComputing(20);
        RunId run = runs.queued(1);
        halt.awaitReached();
        runs.stop(run);
        halt.goOn();

        RunView stopped = runs.ends(run, RunState.STOPPED);
        assertThat(runs.log(run)).contains("attempt 1 is asked to stop by tester");
        int computed = ArithmeticPipeline.computations().getAsInt();
        assertThat(computed).isBetween(11, 13);
        assertThat(ArithmeticRuns.settledUnits(stopped)).isEqualTo(computed * 2);
        JobExecution execution = BatchRuntime.getJobOperator()
                .getJobExecution(stopped.executions().get(0).id());
        await().atMost(Patience.LIMIT).until(() -> execution.getBatchStatus() == BatchStatus.STOPPED);

        runs.restart(run, 1);
        runs.ends(run, RunState.COMPLETED);
        assertThat(runs.published()).isEqualTo(ArithmeticRuns.values(60));
        assertThat(ArithmeticPipeline.computations().getAsInt()).isEqualTo(30);
    }

    @Test
    void aStopFromTheBatchRuntimeIsMeantWhereTheServerLivesOn() throws Exception {
        Halt halt = Halt.beforeComputing(20);
        RunId run = runs.queued(1);
        halt.awaitReached();
        BatchRuntime.getJobOperator().stop(runs.view(run).executions().get(0).id());
        halt.goOn();

        RunView stopped = runs.ends(run, RunState.STOPPED);

        assertThat(stopped.reason()).get(InstanceOfAssertFactories.STRING).contains("WildFly's console");
        assertThat(ArithmeticPipeline.computations().getAsInt()).isLessThan(30);
        runs.restart(run, 1);
        runs.ends(run, RunState.COMPLETED);
        assertThat(runs.published()).isEqualTo(ArithmeticRuns.values(60));
    }

    @Test
    void aStopThatComesBeforeTheLanesHaveTheirThreadsIsNotMissed() throws Exception {
        Halt halt = new Halt();
        ArithmeticPipeline.planning = halt::hold;
        RunId run = runs.queued(3);
        halt.awaitReached();
        runs.stop(run);
        halt.goOn();

        runs.ends(run, RunState.STOPPED);

        assertThat(ArithmeticPipeline.computations().getAsInt()).isZero();
        runs.restart(run, 3);
        runs.ends(run, RunState.COMPLETED);
        assertThat(ArithmeticPipeline.PLANS).hasSize(1);
    }

    @Test
    void twoFailuresInARowAndAnotherNumberOfLanesEachTimeLoseNothing() throws Exception {
        AtomicInteger slabsLeft = new AtomicInteger(8);
        ArithmeticPipeline.event = (step, units) -> {
            if (step == Step.COMPUTE && slabsLeft.decrementAndGet() < 0) {
                throw new IllegalStateException("power failure");
            }
        };
        RunId run = runs.queued(3);
        int first = ArithmeticRuns.settledUnits(runs.ends(run, RunState.FAILED));
        slabsLeft.set(6);
        runs.restart(run, 1);
        assertThat(ArithmeticRuns.settledUnits(runs.ends(run, RunState.FAILED))).isGreaterThan(first);
        slabsLeft.set(Integer.MAX_VALUE);
        runs.restart(run, 2);

        runs.ends(run, RunState.COMPLETED);

        assertThat(runs.published()).isEqualTo(ArithmeticRuns.values(60));
        assertThat(ArithmeticPipeline.PLANS).hasSize(1);
        assertThat(ArithmeticPipeline.WORKS).hasSize(3 + 1 + 2);
        Map<Integer, Integer> units = unitsOfAttempts();
        assertThat(units).containsOnlyKeys(1, 2, 3).containsEntry(1, first);
        assertThat(units.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(60);
    }

    /** How many units each attempt settled, by what the metadata say of its lanes; the sums are those of the attempts. */
    private Map<Integer, Integer> unitsOfAttempts() throws IOException {
        JsonObject timings = runs.metadata().getJsonObject("run").getJsonObject("timings");
        Map<Integer, Integer> units = new TreeMap<>();
        double computeSeconds = 0;
        for (JsonObject attempt : timings.getJsonArray("attempts").getValuesAs(JsonObject.class)) {
            List<JsonObject> lanes = attempt.getJsonArray("lanes").getValuesAs(JsonObject.class);
            units.put(
                    attempt.getInt("attempt"),
                    lanes.stream().mapToInt(lane -> lane.getInt("units")).sum());
            computeSeconds += lanes.stream()
                    .mapToDouble(lane -> lane.getJsonNumber("computeSeconds").doubleValue())
                    .sum();
        }
        assertThat(timings.getJsonNumber("computeSeconds").doubleValue()).isCloseTo(computeSeconds, within(1e-3));
        return units;
    }

    @Test
    void aDeviceThatFailsAgainAndAgainIsLeftAloneAndAnotherGoesOn() throws Exception {
        ArithmeticPipeline.event = (step, units) -> {
            if (step == Step.COMPUTE
                    && units.from() >= 20
                    && Thread.currentThread().getName().contains("cpu0")) {
                throw new TransientDeviceException("out of order");
            }
        };
        RunId run = runs.queued(1);

        RunView done = runs.ends(run, RunState.COMPLETED);

        runs.endQuarantine(run);
        assertThat(done.run().attempt()).isEqualTo(2);
        assertThat(runs.published()).isEqualTo(ArithmeticRuns.values(60));
        assertThat(runs.log(run)).contains("device cpu0 failed").contains("out of order");
    }

    @Test
    void anExecutionThatLostItsRunSettlesNothingMoreAndTheNextGoesOn() throws Exception {
        Halt halt = Halt.beforeComputing(20);
        RunId run = runs.queued(1);
        halt.awaitReached();
        runs.takeAway(run);
        await().atMost(Patience.LIMIT).until(() -> ArithmeticPipeline.WORKS.size() == 2);
        halt.goOn();

        RunView done = runs.ends(run, RunState.COMPLETED);

        assertThat(done.run().attempt()).isEqualTo(2);
        assertThat(runs.published()).isEqualTo(ArithmeticRuns.values(60));
    }

    @Test
    void aRestartWithNoUnitLeftOnlyPublishes() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        ArithmeticPipeline.completing = () -> {
            if (broken.get()) {
                throw new IllegalStateException("no picture today");
            }
        };
        RunId run = runs.queued(2);
        assertThat(runs.failure(run)).isEqualTo("no picture today");
        assertThat(runs.log(run)).doesNotContain("outside of Kiln");
        broken.set(false);
        runs.restart(run, 2);

        runs.ends(run, RunState.COMPLETED);

        assertThat(runs.published()).isEqualTo(ArithmeticRuns.values(60));
        assertThat(ArithmeticPipeline.WORKS).hasSize(2);
        assertThat(ArithmeticPipeline.computations().getAsInt()).isEqualTo(30);
    }

    @Test
    void whyItFailsIsNotedWhenTheExecutionEndsWhereItCouldNotBeBefore() throws Exception {
        ArithmeticPipeline.event = (step, units) -> {
            if (step == Step.WRITE && units.from() == 30) {
                throw new IllegalStateException("power failure");
            }
        };
        runs.refuseNotes(1);
        try {
            assertThat(runs.failure(runs.queued(1))).isEqualTo("power failure");
        } finally {
            runs.takeNotes();
        }
    }

    private RunId failedInTheMiddle() {
        ArithmeticPipeline.event = (step, units) -> {
            if (units.from() == 30) {
                throw new IllegalStateException("power failure");
            }
        };
        RunId run = runs.queued(1);
        assertThat(runs.failure(run)).isEqualTo("power failure");
        return run;
    }

    @Test
    void aRunWhoseExecutionSomebodyHasAbandonedGoesOnInAnotherInstance() throws Exception {
        RunId run = failedInTheMiddle();
        ArithmeticPipeline.event = ArithmeticWork.nothing();
        BatchRuntime.getJobOperator().abandon(runs.view(run).executions().get(0).id());

        runs.restart(run, 1);
        runs.ends(run, RunState.COMPLETED);

        assertThat(runs.published()).isEqualTo(ArithmeticRuns.values(60));
    }

    @Test
    void anOutputThatWouldLeaveTheRootsByALinkIsRefused() throws Exception {
        Path outside = Files.createTempDirectory("kiln-outside");
        Files.createSymbolicLink(runs.place().getParent(), outside);

        assertThatThrownBy(() -> runs.queued(1))
                .hasMessageContaining(runs.place().getParent().toString())
                .hasMessageContaining("lies in no data root");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void anOutputForWhichALinkLeavesTheRootsLaterIsNotWritten() throws Exception {
        RunId run = failedInTheMiddle();
        ArithmeticPipeline.reset();
        Path outside = Files.createTempDirectory("kiln-outside");
        Files.move(runs.place().getParent(), outside.resolve("was there"));
        Files.createSymbolicLink(runs.place().getParent(), outside);
        runs.restart(run, 1);

        assertThat(runs.failure(run))
                .contains(runs.place().getParent().toString())
                .contains("lies in no data root");
        assertThat(ArithmeticPipeline.computations().getAsInt()).isZero();
    }

    @Test
    void anInputThatALinkLeadsOutOfTheRootsForIsNotRead() throws Exception {
        Path outside = Files.writeString(Files.createTempFile("kiln-outside", ".h5"), "not for everybody");
        Files.delete(runs.input());
        Files.createSymbolicLink(runs.input(), outside);

        assertThat(runs.failure(runs.queued(1)))
                .contains(runs.input().toString())
                .contains("lies in no data root");
        assertThat(ArithmeticPipeline.PLANS).isEmpty();
    }

    @Test
    void anInputThatChangedIsNotMixedWithWhatWasComputedFromTheOld() throws Exception {
        RunId run = failedInTheMiddle();
        ArithmeticPipeline.reset();
        Files.writeString(runs.input(), "another input");
        runs.restart(run, 1);

        assertThat(runs.failure(run))
                .contains(runs.input().toString())
                .contains("changed")
                .contains("queue a new run");
        assertThat(ArithmeticPipeline.computations().getAsInt()).isZero();
    }

    @Test
    void anInputThatThePipelineRejectsFailsTheRunWithItsWords() throws IOException {
        Files.writeString(runs.input(), "");

        assertThat(runs.failure(runs.queued(1))).endsWith("is empty: there is nothing to compute from");
    }

    @Test
    void anOutputThatKilnDidNotMakeIsKept() throws IOException {
        Path mine = Files.createDirectories(runs.place()).resolve("mine");
        Files.writeString(mine, "by hand");

        assertThat(runs.failure(runs.queued(1)))
                .contains(runs.place().toString())
                .contains("not made by Kiln")
                .contains("force");
        assertThat(mine).hasContent("by hand");
        assertThat(ArithmeticPipeline.computations().getAsInt())
                .as("slabs that were computed for nothing")
                .isZero();
    }

    @Test
    void anExecutionThatTheQueueDidNotStartIsRefused() {
        RunId run = RunId.random();
        Properties properties = new Properties();
        properties.setProperty("run", run.toString());

        assertThat(exitStatusOfFailed(properties)).startsWith("REFUSED").contains("the state of run " + run);
        assertThat(exitStatusOfFailed(new Properties()))
                .startsWith("REFUSED")
                .contains("queue a run of a batch")
                .doesNotContain("null");
        assertThat(ArithmeticPipeline.PLANS).isEmpty();
    }

    private static String exitStatusOfFailed(Properties properties) {
        JobOperator operator = BatchRuntime.getJobOperator();
        long execution = operator.start("arithmetic", properties);
        await().atMost(Patience.LIMIT)
                .until(() -> operator.getJobExecution(execution).getBatchStatus() == BatchStatus.FAILED);
        return operator.getJobExecution(execution).getExitStatus();
    }
}
