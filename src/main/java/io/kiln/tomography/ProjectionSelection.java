package io.kiln.tomography;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.tomography.scan.Scan;
import io.kiln.tomography.scan.ScanWindow;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The projections that are used.
 *
 * @param numbers in the scan, ascending
 * @param degrees angle of each of them
 * @param progress how far the scan had come at each of them: 0 at the scan's first projection, 1 at its last
 */
record ProjectionSelection(int[] numbers, double[] degrees, float[] progress) {
    private static final int FEW = 30;
    private static final double NEARLY = 0.15;

    /** @throws InputRejectedException when nothing is selected, or the scan lacks what is selected */
    static ProjectionSelection of(TomographyParameters parameters, Scan scan) {
        int end = parameters.endProj() == null ? scan.projections() : parameters.endProj();
        if (end > scan.projections() || parameters.startProj() >= end) {
            throw new InputRejectedException("projections " + parameters.startProj() + " to " + (end - 1)
                    + " are selected, but the scan has 0 to " + (scan.projections() - 1)
                    + ": correct startProj and endProj");
        }
        double[] degrees = angles(parameters, scan, end);
        Set<Integer> dead = deadFrames(parameters, scan);
        int[] numbers = IntStream.range(parameters.startProj(), end)
                .filter(number -> !dead.contains(number) && !isBlocked(degrees[number], parameters.blockedViews()))
                .toArray();
        requireTurning(numbers, degrees);
        return of(numbers, degrees, scan.projections());
    }

    private static void requireTurning(int[] numbers, double[] degrees) {
        if (numbers.length > 1
                && IntStream.of(numbers).mapToDouble(i -> degrees[i]).distinct().count() == 1) {
            throw new InputRejectedException("all " + numbers.length + " selected projections have the angle "
                    + degrees[numbers[0]] + " deg: /exchange/theta was not filled in; correct it, or take it out of the"
                    + " file and set missingTheta to equal-spacing");
        }
    }

    /** True where the angles cover half or a whole turn in radians: a scan over so few degrees is hardly meant. */
    boolean looksLikeRadians() {
        double covered = Arrays.stream(degrees).max().orElse(0)
                - Arrays.stream(degrees).min().orElse(0);
        return count() >= FEW && (Math.abs(covered - Math.PI) < NEARLY || Math.abs(covered - 2 * Math.PI) < 2 * NEARLY);
    }

    private static ProjectionSelection of(int[] numbers, double[] degreesOfAll, int projections) {
        if (numbers.length == 0) {
            throw new InputRejectedException(
                    "no projection is left: widen startProj and endProj, or shorten deadFrames" + " and blockedViews");
        }
        double[] degrees = IntStream.of(numbers)
                .mapToDouble(number -> degreesOfAll[number])
                .toArray();
        float[] progress = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            progress[i] = projections == 1 ? 0 : (float) numbers[i] / (projections - 1);
        }
        return new ProjectionSelection(numbers, degrees, progress);
    }

    private static Set<Integer> deadFrames(TomographyParameters parameters, Scan scan) {
        List<Integer> beyond = parameters.deadFrames().stream()
                .filter(number -> number >= scan.projections())
                .toList();
        if (!beyond.isEmpty()) {
            throw new InputRejectedException("deadFrames names " + beyond + ", but the scan has projections 0 to "
                    + (scan.projections() - 1) + ": correct deadFrames");
        }
        return new HashSet<>(parameters.deadFrames());
    }

    private static double[] angles(TomographyParameters parameters, Scan scan, int end) {
        return (parameters.endProj() == null ? scan.anglesDegrees() : scan.anglesDegreesBefore(end))
                .orElseGet(() -> equallySpaced(parameters, scan));
    }

    private static double[] equallySpaced(TomographyParameters parameters, Scan scan) {
        if (parameters.missingTheta() == MissingAngles.ERROR) {
            throw new InputRejectedException(scan.stack().file() + " has no /exchange/theta: set missingTheta to"
                    + " equal-spacing, with rotationStart and rotationRange, if the angles are equally spaced");
        }
        int steps = Math.max(1, scan.projections() - 1);
        return IntStream.range(0, scan.projections())
                .mapToDouble(i -> parameters.rotationStart() + parameters.rotationRange() * i / steps)
                .toArray();
    }

    private static boolean isBlocked(double degrees, List<Double> views) {
        return IntStream.range(0, views.size() / 2)
                .anyMatch(i -> degrees >= views.get(2 * i) && degrees <= views.get(2 * i + 1));
    }

    /** The same without some projections. */
    ProjectionSelection without(Collection<Integer> dead) {
        Set<Integer> left = new HashSet<>(dead);
        IntPredicate isKept = i -> !left.contains(numbers[i]);
        int[] kept = IntStream.range(0, numbers.length).filter(isKept).toArray();
        if (kept.length == 0) {
            throw new InputRejectedException("no projection is left: every one of the " + numbers.length
                    + " selected ones holds no light; set deadFrameDetection to false if that is as it should be");
        }
        float[] along = new float[kept.length];
        for (int i = 0; i < kept.length; i++) {
            along[i] = progress[kept[i]];
        }
        return new ProjectionSelection(
                IntStream.of(kept).map(i -> numbers[i]).toArray(),
                IntStream.of(kept).mapToDouble(i -> degrees[i]).toArray(),
                along);
    }

    int count() {
        return numbers.length;
    }

    double[] radians() {
        return IntStream.range(0, degrees.length)
                .mapToDouble(i -> StrictMath.toRadians(degrees[i]))
                .toArray();
    }

    ScanWindow window(int fromColumn, int toColumn) {
        return new ScanWindow(numbers, fromColumn, toColumn);
    }
}
