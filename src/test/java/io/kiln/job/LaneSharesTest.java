package io.kiln.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.device.DeviceId;
import io.kiln.pipeline.UnitRange;
import jakarta.batch.api.partition.PartitionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class LaneSharesTest {
    /** A plan and a ledger that any history may have left. */
    record State(int units, int alignment, List<UnitRange> settled) {
        List<UnitRange> missing() {
            return UnitRanges.aligned(UnitRanges.missing(units, settled), alignment, units);
        }
    }

    @Property
    void sharesAreDisjointAndHoldEverythingThatIsMissing(
            @ForAll("states") State state, @ForAll @IntRange(min = 1, max = 9) int lanes) {
        List<UnitRange> all = LaneShares.of(state.missing(), lanes, state.alignment()).stream()
                .flatMap(List::stream)
                .toList();

        assertThat(UnitRanges.count(all)).isEqualTo(UnitRanges.count(state.missing()));
        assertThat(UnitRanges.minus(all, List.of())).isEqualTo(state.missing());
    }

    @Property
    void whatIsMissingIsInBlocksOfWhichEachLacksSomething(@ForAll("states") State state) {
        List<UnitRange> unsettled = UnitRanges.missing(state.units(), state.settled());

        assertThat(UnitRanges.minus(unsettled, state.missing())).isEmpty();
        assertThat(LaneShares.cut(state.missing(), state.alignment()))
                .allMatch(block ->
                        !UnitRanges.minus(List.of(block), state.settled()).isEmpty());
    }

    @Property
    void everySlabStartsAtAMultipleOfTheAlignment(
            @ForAll("states") State state,
            @ForAll @IntRange(min = 1, max = 9) int lanes,
            @ForAll @IntRange(min = 1, max = 5) int blocks) {
        for (List<UnitRange> share : LaneShares.of(state.missing(), lanes, state.alignment())) {
            List<UnitRange> slabs = LaneShares.cut(share, blocks * state.alignment());

            assertThat(slabs)
                    .allMatch(
                            slab -> slab.from() % state.alignment() == 0 && slab.count() <= blocks * state.alignment());
            assertThat(slabs).allMatch(slab -> slab.to() % state.alignment() == 0 || slab.to() == state.units());
            assertThat(UnitRanges.minus(slabs, List.of())).isEqualTo(share);
        }
    }

    @Property
    void sharesDifferByOneBlockAtMostAndNoneIsEmpty(
            @ForAll("states") State state, @ForAll @IntRange(min = 1, max = 9) int lanes) {
        List<Integer> blocks = LaneShares.of(state.missing(), lanes, state.alignment()).stream()
                .map(share -> LaneShares.cut(share, state.alignment()).size())
                .toList();

        assertThat(blocks).hasSizeLessThanOrEqualTo(lanes).doesNotContain(0);
        if (!blocks.isEmpty()) {
            IntStream sizes = blocks.stream().mapToInt(Integer::intValue);
            var spread = sizes.summaryStatistics();
            assertThat(spread.getMax() - spread.getMin()).isLessThanOrEqualTo(1);
        }
    }

    @Property
    void rangesSurviveBeingWrittenIntoAProperty(@ForAll("states") State state) {
        assertThat(UnitRanges.parse(UnitRanges.format(state.missing()))).isEqualTo(state.missing());
    }

    @Example
    void everyPartitionHasItsPropertiesAndOverridesWhatTheRuntimeRemembers() {
        PartitionPlan plan = LaneMapper.lanes(
                List.of(new UnitRange(0, 8), new UnitRange(12, 16)),
                4,
                List.of(new DeviceId("gpu0"), new DeviceId("gpu3")));

        assertThat(plan.getPartitions()).isEqualTo(2);
        assertThat(plan.getThreads()).isEqualTo(2);
        assertThat(plan.getPartitionsOverride()).isTrue();
        assertThat(plan.getPartitionProperties())
                .extracting(properties -> properties.getProperty("device") + " " + properties.getProperty("units"))
                .containsExactly("gpu0 0-4", "gpu3 4-8,12-16");
    }

    @Example
    void nothingLeftIsOneLaneWithNothingToDo() {
        PartitionPlan plan = LaneMapper.lanes(List.of(), 4, List.of(new DeviceId("gpu0"), new DeviceId("gpu3")));

        assertThat(plan.getPartitions()).isEqualTo(1);
        assertThat(UnitRanges.parse(plan.getPartitionProperties()[0].getProperty("units")))
                .isEmpty();
    }

    @Provide
    Arbitrary<State> states() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 300),
                        Arbitraries.integers().between(1, 16))
                .flatAs((units, alignment) -> settled(units).map(settled -> new State(units, alignment, settled)));
    }

    private static Arbitrary<List<UnitRange>> settled(int units) {
        Arbitrary<UnitRange> range = Combinators.combine(
                        Arbitraries.integers().between(0, units - 1),
                        Arbitraries.integers().between(1, 40))
                .as((from, count) -> new UnitRange(from, Math.min(units, from + count)));
        return range.list().ofMaxSize(12).map(ArrayList::new);
    }
}
