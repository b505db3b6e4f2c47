package io.kiln.worker.state;

import io.kiln.job.SlabOutcome;
import io.kiln.job.UnitRanges;
import io.kiln.pipeline.UnitRange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One line of a ledger's file, for example {@code DONE 0-16,32-48 5f0c2a11}: an outcome, its units as ranges up to and without their second numbers, and the
 * CRC-32C of what stands before the last space.
 */
record LedgerLine(SlabOutcome outcome, List<UnitRange> units) {
    /** With its line end. */
    String text() {
        String said = outcome + " " + UnitRanges.format(units);
        return said + " " + checksum(said) + "\n";
    }

    /** The line without its end; empty where it is none, or not whole. */
    static Optional<LedgerLine> parse(String line) {
        int end = line.lastIndexOf(' ');
        int space = line.indexOf(' ');
        if (end <= space || !checksum(line.substring(0, end)).equals(line.substring(end + 1))) {
            return Optional.empty();
        }
        return Optional.of(new LedgerLine(
                SlabOutcome.valueOf(line.substring(0, space)), UnitRanges.parse(line.substring(space + 1, end))));
    }

    private static String checksum(String said) {
        CRC32C checksum = new CRC32C();
        checksum.update(said.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", checksum.getValue());
    }
}
