package io.kiln.run;

import java.util.Optional;

/**
 * How far a run is.
 *
 * @param done units that are settled, the skipped ones among them
 * @param total units of the whole run
 * @param unit what one unit is called
 * @param ratePerSecond units per second of the newest attempt, 0 before its first
 * @param etaSeconds seconds until the last unit at this rate, empty where it is unknown
 */
public record Progress(int done, int total, String unit, double ratePerSecond, Optional<Double> etaSeconds) {
    static Progress of(int done, int total, String unit, double ratePerSecond) {
        return new Progress(
                done,
                total,
                unit,
                ratePerSecond,
                ratePerSecond > 0 ? Optional.of((total - done) / ratePerSecond) : Optional.empty());
    }
}
