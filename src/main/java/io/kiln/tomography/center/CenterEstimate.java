package io.kiln.tomography.center;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where the axis of rotation was found. Columns count in detector pixels from the middle of the first column that was given.
 *
 * @param vo column by Vo's method, which counts
 * @param phaseCorrelation column by phase correlation; empty where the scan has no opposite projections, or featureless
 *     ones
 * @param reason why the confidence is what it is, with the numbers
 */
public record CenterEstimate(double vo, OptionalDouble phaseCorrelation, Confidence confidence, String reason) {
    private static final double AGREEMENT_PIXELS = 3;
    private static final double NEARNESS_PIXELS = 10;

    static CenterEstimate of(double vo, boolean atEnd, Optional<PhasePeak> peak) {
        OptionalDouble column = peak.stream().mapToDouble(PhasePeak::column).findFirst();
        if (atEnd) {
            return new CenterEstimate(vo, column, Confidence.LOW, "Vo's method found no minimum within the detector");
        }
        if (peak.isEmpty()) {
            return new CenterEstimate(
                    vo, column, Confidence.LOW, "no two projections are opposite, so nothing confirms Vo's method");
        }
        return crossChecked(vo, peak.get());
    }

    private static CenterEstimate crossChecked(double vo, PhasePeak peak) {
        double difference = Math.abs(vo - peak.column());
        String reason = String.format(
                Locale.ROOT,
                "Vo's method and phase correlation differ by %.2f px (%.2f and %.2f from the first selected column)",
                difference,
                vo,
                peak.column());
        if (!peak.isDistinct()) {
            reason += String.format(
                    Locale.ROOT,
                    ", but another shift correlates %.2f times as well, so that says little",
                    peak.rival());
        }
        return new CenterEstimate(
                vo, OptionalDouble.of(peak.column()), confidence(difference, peak.isDistinct()), reason);
    }

    private static Confidence confidence(double difference, boolean isDistinct) {
        if (difference <= AGREEMENT_PIXELS) {
            return isDistinct ? Confidence.HIGH : Confidence.MEDIUM;
        }
        return isDistinct && difference <= NEARNESS_PIXELS ? Confidence.MEDIUM : Confidence.LOW;
    }
}
