package io.kiln.worker.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.job.SlabOutcome;
import io.kiln.job.UnitRanges;
import io.kiln.pipeline.UnitRange;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlabLedgerTest {
    private static final UnitRange FIRST = new UnitRange(0, 4);
    private static final UnitRange SECOND = new UnitRange(4, 8);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder == null ? null : folder.resolve("ledger");
    }

    private static SlabLedger open(Path path) throws IOException {
        return new SlabLedger(
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Test
    void whatWasSettledIsThereWhenTheFileIsOpenedAgain() throws IOException {
        try (SlabLedger ledger = open(file)) {
            ledger.settle(SlabOutcome.DONE, List.of(FIRST, new UnitRange(8, 10)));
            ledger.settle(SlabOutcome.SKIPPED, List.of(SECOND));
        }

        try (SlabLedger again = open(file)) {
            assertThat(again.settled(SlabOutcome.DONE)).containsExactly(FIRST, new UnitRange(8, 10));
            assertThat(again.settled(SlabOutcome.SKIPPED)).containsExactly(SECOND);
        }
    }

    @Test
    void anOutcomeIsOnDiskBeforeItIsTold() throws IOException {
        UnreliableDisk disk = new UnreliableDisk(file);
        try (SlabLedger ledger = new SlabLedger(disk)) {
            ledger.settle(SlabOutcome.DONE, List.of(FIRST));
            Files.write(file, disk.afterPowerFailure(0));
        }

        try (SlabLedger again = open(file)) {
            assertThat(again.settled(SlabOutcome.DONE)).containsExactly(FIRST);
        }
    }

    @Test
    void aTornLastLineIsLeftOutAtEveryByteAndWrittenOver() throws IOException {
        try (SlabLedger ledger = open(file)) {
            ledger.settle(SlabOutcome.DONE, List.of(FIRST));
            ledger.settle(SlabOutcome.DONE, List.of(SECOND));
        }
        byte[] whole = Files.readAllBytes(file);
        int firstLine = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;

        for (int length = firstLine; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (SlabLedger torn = open(file)) {
                assertThat(torn.settled(SlabOutcome.DONE))
                        .as("%d bytes", length)
                        .containsExactly(FIRST);
                torn.settle(SlabOutcome.DONE, List.of(SECOND));
            }
            assertThat(file).hasBinaryContent(whole);
        }
    }

    @Test
    void aTailOfZerosIsLeftOut() throws IOException {
        try (SlabLedger ledger = open(file)) {
            ledger.settle(SlabOutcome.DONE, List.of(FIRST));
        }
        Files.write(file, new byte[4096], StandardOpenOption.APPEND);

        try (SlabLedger again = open(file)) {
            assertThat(again.settled(SlabOutcome.DONE)).containsExactly(FIRST);
        }
    }

    @Test
    void damageBeforeAWholeLineIsRefused() throws IOException {
        try (SlabLedger ledger = open(file)) {
            ledger.settle(SlabOutcome.DONE, List.of(FIRST));
            ledger.settle(SlabOutcome.DONE, List.of(SECOND));
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[5] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(StateRefusedException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("--fresh");
    }

    @Test
    void aFullDiskLosesNothingThatWasSettledAndTheLedgerGoesOnAfterwards() throws IOException {
        UnreliableDisk disk = new UnreliableDisk(file);
        try (SlabLedger ledger = new SlabLedger(disk)) {
            ledger.settle(SlabOutcome.DONE, List.of(FIRST));
            disk.fillUpAfter(5);
            assertThatThrownBy(() -> ledger.settle(SlabOutcome.DONE, List.of(SECOND)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left");
            assertThat(ledger.settled(SlabOutcome.DONE)).containsExactly(FIRST);
            disk.fillUpAfter(Long.MAX_VALUE);
            ledger.settle(SlabOutcome.SKIPPED, List.of(SECOND));
        }

        try (SlabLedger again = open(file)) {
            assertThat(again.settled(SlabOutcome.DONE)).containsExactly(FIRST);
            assertThat(again.settled(SlabOutcome.SKIPPED)).containsExactly(SECOND);
        }
    }

    /** One call, and whether the power goes after it, leaving so many bytes of what was not forced. */
    record Step(SlabOutcome outcome, List<UnitRange> units, boolean powerFails, int bytesBehind) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<UnitRange> range = Combinators.combine(
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.integers().between(1, 9))
                .as((from, count) -> new UnitRange(from, from + count));
        return Combinators.combine(
                        Arbitraries.of(SlabOutcome.class),
                        range.list().ofMinSize(1).ofMaxSize(4),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 60))
                .as(Step::new)
                .list()
                .ofMaxSize(25);
    }

    @Property(tries = 200)
    void theFirstOutcomeOfAUnitCountsWhateverHappensInBetween(@ForAll("histories") List<Step> history)
            throws IOException {
        Path path = Files.createTempFile("ledger", "");
        SortedMap<Integer, SlabOutcome> model = new TreeMap<>();
        UnreliableDisk disk = new UnreliableDisk(path);
        SlabLedger ledger = new SlabLedger(disk);
        for (Step step : history) {
            ledger.settle(step.outcome(), step.units());
            for (UnitRange range : step.units()) {
                for (int unit = range.from(); unit < range.to(); unit++) {
                    model.putIfAbsent(unit, step.outcome());
                }
            }
            if (step.powerFails()) {
                byte[] left = disk.afterPowerFailure(step.bytesBehind());
                ledger.close();
                Files.write(path, left);
                disk = new UnreliableDisk(path);
                ledger = new SlabLedger(disk);
            }
            for (SlabOutcome outcome : SlabOutcome.values()) {
                assertThat(ledger.settled(outcome)).isEqualTo(ranges(model, outcome));
            }
        }
        ledger.close();
        Files.delete(path);
    }

    private static List<UnitRange> ranges(SortedMap<Integer, SlabOutcome> model, SlabOutcome outcome) {
        return UnitRanges.minus(
                model.entrySet().stream()
                        .filter(entry -> entry.getValue() == outcome)
                        .map(entry -> new UnitRange(entry.getKey(), entry.getKey() + 1))
                        .toList(),
                List.of());
    }
}
