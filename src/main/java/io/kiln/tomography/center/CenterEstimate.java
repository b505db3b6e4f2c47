package io.kiln.tomography.center;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Where the axis of rotation was found. Columns count in detector pixels from the middle of the first column that was given.
 *
 * @param vo column by Vo's method, which counts
 * @param phaseCorrelation column by phase correlation; empty where the scan has no opposite projections
 * @param reason why the confidence is what it is, with the numbers
 */
public record CenterEstimate(double vo, OptionalDouble phaseCorrelation, Confidence confidence, String reason) {
    private static final double AGREEMENT_PIXELS = 3;
    private static final double NEARNESS_PIXELS = 10;

    static CenterEstimate of(double vo, boolean atEnd, OptionalDouble phaseCorrelation) {
        if (atEnd) {
            return new CenterEstimate(
                    vo, phaseCorrelation, Confidence.LOW, "Vo's method found no minimum within the detector");
        }
        if (phaseCorrelation.isEmpty()) {
            return new CenterEstimate(
                    vo,
                    phaseCorrelation,
                    Confidence.LOW,
                    "no two projections are opposite, so nothing confirms Vo's method");
        }
        double difference = Math.abs(vo - phaseCorrelation.getAsDouble());
        Confidence confidence = difference <= AGREEMENT_PIXELS
                ? Confidence.HIGH
                : difference <= NEARNESS_PIXELS ? Confidence.MEDIUM : Confidence.LOW;
        return new CenterEstimate(
                vo,
                phaseCorrelation,
                confidence,
                String.format(
                        Locale.ROOT,
                        "Vo's method and phase correlation differ by %.2f px (%.2f and %.2f from the first selected column)",
                        difference,
                        vo,
                        phaseCorrelation.getAsDouble()));
    }
}
