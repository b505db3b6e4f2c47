package io.kiln.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.device.DeviceId;
import io.kiln.device.TransientDeviceException;
import io.kiln.job.ArithmeticWork.Event;
import io.kiln.job.ArithmeticWork.Step;
import io.kiln.pipeline.UnitRange;
import io.kiln.pipeline.UnreadableInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class LaneTest {
    private static final DeviceId DEVICE = new DeviceId("cpu0");

    @TempDir
    Path folder;

    private final PlainThreads threads = new PlainThreads();
    private ArithmeticWork work;

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void handsSlabsOutInOrderAndDoesEachExactlyOnce(int slots) throws Exception {
        List<UnitRange> done = drain(lane(100, slots, ArithmeticWork.nothing()));

        assertThat(done).isEqualTo(LaneShares.cut(List.of(new UnitRange(0, 100)), 3));
        assertThat(work.computed).isEqualTo(done);
        assertThat(work.forced).isEqualTo(done);
        assertThat(ArithmeticWork.values(folder.resolve("out"))).isEqualTo(values(100));
    }

    @Test
    void makesNoMoreSlotsThanItWasToldAndNoMoreThanItNeeds() throws Exception {
        drain(lane(100, 4, ArithmeticWork.nothing()));
        assertThat(work.slotsMade).hasValue(4);

        drain(lane(6, 4, ArithmeticWork.nothing()));
        assertThat(work.slotsMade).hasValue(2);
    }

    @Test
    void overlapsItsStagesSoThatTheSlowestAloneSetsThePace() throws Exception {
        double best = 0;
        for (int trial = 0; trial < 5 && best <= 1.5; trial++) {
            // the disk's pace is not the lane's: nothing is forced
            work = new ArithmeticWork(folder.resolve("out"), 3, 4, ArithmeticWork.durations(20, 40, 20)) {
                @Override
                public void force(UnitRange units) {
                    forced.add(units);
                }
            };
            long start = System.nanoTime();
            Lane<long[]> lane = started(90, () -> false);
            drain(lane);
            StageSeconds busy = lane.seconds();
            best = Math.max(best, (busy.read() + busy.compute() + busy.write()) / ((System.nanoTime() - start) / 1e9));
        }
        // the slowest takes half of what all three take; with one of them not overlapped it would be 1.33
        assertThat(best).as("stages at work at once").isGreaterThan(1.5);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void failureOfAStageComesUpAtItsSlabAlone(Step failing) throws Exception {
        Lane<long[]> lane = lane(30, 4, (step, units) -> {
            if (step == failing && units.from() == 12) {
                throw new IllegalStateException("broken at 12");
            }
        });
        List<UnitRange> done = new ArrayList<>();

        assertThatThrownBy(() -> drain(lane, done))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken at 12");

        assertThat(done).containsExactlyElementsOf(LaneShares.cut(List.of(new UnitRange(0, 12)), 3));
        lane.end();
    }

    @Test
    void anErrorOfTheMachineFailsTheSlabAndEndsNothingElse() throws Exception {
        Lane<long[]> lane = lane(3, 4, (step, units) -> {
            throw new OutOfMemoryError("no such array");
        });

        assertThatThrownBy(() -> drain(lane))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(OutOfMemoryError.class);

        lane.end();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void skipsASlabThatCannotBeRead(int slots) throws Exception {
        drain(lane(30, slots, (step, units) -> {
            if (step == Step.READ && Set.of(0, 12, 15, 27).contains(units.from())) {
                throw new UnreadableInputException("bad sector", new IOException("bad sector"));
            }
        }));

        long[] expected = values(30);
        List.of(0, 1, 2, 12, 13, 14, 15, 16, 17, 27, 28, 29).forEach(unit -> expected[unit] = ArithmeticWork.SKIPPED);
        assertThat(ArithmeticWork.values(folder.resolve("out"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void submitsASlabAgainFromItsInputOnAfterATransientFailure(int slots) throws Exception {
        Set<Integer> failed = ConcurrentHashMap.newKeySet();
        List<UnitRange> done = drain(lane(60, slots, (step, units) -> {
            if (step == Step.COMPUTE && units.from() % 9 == 0 && failed.add(units.from())) {
                throw new TransientDeviceException("lost a beat");
            }
        }));

        assertThat(done).hasSize(20).doesNotHaveDuplicates();
        assertThat(work.computed).hasSize(27);
        assertThat(ArithmeticWork.values(folder.resolve("out"))).isEqualTo(values(60));
    }

    @Test
    void givesADeviceUpThatFailsOnASlabAgainAndAgain() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        Lane<long[]> lane = lane(9, 4, (step, units) -> {
            if (step == Step.COMPUTE && units.from() == 3) {
                attempts.incrementAndGet();
                throw new TransientDeviceException("out of order");
            }
        });

        assertThatThrownBy(() -> drain(lane))
                .isInstanceOfSatisfying(
                        DeviceFailedException.class, e -> assertThat(e.device()).isEqualTo(DEVICE))
                .hasMessageContaining("cpu0")
                .hasMessageContaining("out of order");

        assertThat(attempts).hasValue(Slab.SUBMISSION_LIMIT);
        lane.end();
    }

    @Test
    void readsNothingMoreOnceAStopIsRequested() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Lane<long[]> lane = lane(3000, 4, (step, units) -> stop.compareAndSet(false, units.from() == 30), stop::get);

        assertThatThrownBy(() -> drain(lane)).isInstanceOf(CancellationException.class);

        lane.end();
        // slab 30 may still be read while those of the slots behind it have been asked already
        assertThat(work.read).hasSizeBetween(11, 15);
    }

    @Test
    void whenQuiescingFinishesWhatIsBeingComputedAndBeginsNoOther() throws Exception {
        CountDownLatch computing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Lane<long[]> lane = lane(30, 4, (step, units) -> {
            if (step == Step.COMPUTE) {
                computing.countDown();
                await(goOn);
            }
        });
        await(computing);
        Thread releasing = new Thread(() -> {
            org.awaitility.Awaitility.await().until(() -> lane.next().isEmpty());
            goOn.countDown();
        });
        releasing.start();

        List<Slab<long[]>> left = lane.quiesce();

        releasing.join();
        assertThat(left).extracting(Slab::units).containsExactly(new UnitRange(0, 3));
        assertThat(work.computed).hasSize(1);
        assertThat(work.forced).containsExactly(new UnitRange(0, 3));
        lane.end();
    }

    @Test
    void whatIsSettledIsNotReturnedWhenQuiescing() throws Exception {
        Lane<long[]> lane = lane(9, 4, ArithmeticWork.nothing());
        Slab<long[]> first = lane.next().orElseThrow();
        first.awaitRead();
        first.awaitWritten();
        first.settled();
        org.awaitility.Awaitility.await().until(() -> work.computed.size() == 3);

        assertThat(lane.quiesce()).extracting(Slab::units).containsExactly(new UnitRange(3, 6), new UnitRange(6, 9));
        assertThat(lane.settledUnits()).isEqualTo(3);
        lane.end();
    }

    @Test
    void refusesToHandOutMoreThanItHoldsWhenNothingIsSettled() throws Exception {
        Lane<long[]> lane = lane(300, 3, ArithmeticWork.nothing());

        assertThatThrownBy(() -> {
                    for (int slab = 0; slab < 100; slab++) {
                        lane.next().orElseThrow().awaitWritten();
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("item-count=1");

        lane.end();
    }

    @Test
    void endsItsThreadsAndClosesItsWorkOnce() throws Exception {
        drain(lane(30, 4, ArithmeticWork.nothing()));

        assertThat(threads.made)
                .extracting(Thread::getName)
                .containsExactlyInAnyOrder("kiln-cpu0-read", "kiln-cpu0-compute", "kiln-cpu0-write");
        org.awaitility.Awaitility.await().until(() -> threads.made.stream().noneMatch(Thread::isAlive));
        assertThat(work.closes).hasValue(1);
    }

    @Test
    void closesItsWorkWhenASlotCannotBeMade() throws Exception {
        work = new ArithmeticWork(folder.resolve("out"), 3, 4, ArithmeticWork.nothing()) {
            @Override
            public long[] newSlot() {
                throw new OutOfMemoryError("Java heap space");
            }
        };

        assertThatThrownBy(() -> Lane.start(work, DEVICE, List.of(new UnitRange(0, 9)), threads, () -> false))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(work.closes).hasValue(1);
    }

    private Lane<long[]> lane(int units, int slots, Event event) throws IOException {
        return lane(units, slots, event, () -> false);
    }

    private Lane<long[]> lane(int units, int slots, Event event, java.util.function.BooleanSupplier stop)
            throws IOException {
        work = new ArithmeticWork(folder.resolve("out"), 3, slots, event);
        return started(units, stop);
    }

    private Lane<long[]> started(int units, java.util.function.BooleanSupplier stop) throws IOException {
        return Lane.start(work, DEVICE, List.of(new UnitRange(0, units)), threads, stop);
    }

    private static List<UnitRange> drain(Lane<long[]> lane) throws Exception {
        List<UnitRange> done = new ArrayList<>();
        drain(lane, done);
        lane.end();
        assertThat(new HashSet<>(done)).hasSameSizeAs(done);
        return done;
    }

    /** What the batch runtime does with reader, processor, writer and listener. */
    private static void drain(Lane<long[]> lane, List<UnitRange> done) throws Exception {
        for (Optional<Slab<long[]>> next = lane.next(); next.isPresent(); next = lane.next()) {
            Slab<long[]> slab = next.get();
            try {
                slab.awaitRead();
                written(slab);
                slab.force();
            } catch (UnreadableInputException e) {
                slab.writeSkipped();
            }
            done.add(slab.units());
            slab.settled();
        }
    }

    private static void written(Slab<long[]> slab) throws Exception {
        for (boolean again = true; again; ) {
            try {
                slab.awaitWritten();
                again = false;
            } catch (TransientDeviceException e) {
                assertThat(again).isTrue();
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(120, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long[] values(int units) {
        return IntStream.range(0, units).mapToLong(ArithmeticWork::value).toArray();
    }
}
