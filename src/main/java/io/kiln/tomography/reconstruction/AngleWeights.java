package io.kiln.tomography.reconstruction;

import java.util.Arrays;
import java.util.Comparator;

/** How much of the half circle each projection stands for. */
public final class AngleWeights {
    /** A gap wider than this many usual gaps was not scanned (a missing wedge, dead frames by the dozen): nobody stands for it. */
    private static final double WIDEST_GAP = 8;

    /** Gaps narrower than this share of the mean one are repetitions of one angle, not a spacing. */
    private static final double REPETITION = 0.01;

    private AngleWeights() {}

    /**
     * The Voronoi cells of the angles on the half circle, in radians: half the gap to the next angle on either side, where 180° is 0° again. They sum to π
     * save for unscanned wedges. Equally spaced angles get π/count; 0° and 180°, both there, share one cell.
     *
     * @param angles in radians, in any order
     */
    static double[] of(double[] angles) {
        int count = angles.length;
        double[] folded = Arrays.stream(angles).map(AngleWeights::onHalfCircle).toArray();
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> folded[i]));
        double[] gaps = new double[count];
        for (int i = 0; i < count; i++) {
            gaps[i] = i + 1 < count
                    ? folded[order[i + 1]] - folded[order[i]]
                    : folded[order[0]] + StrictMath.PI - folded[order[i]];
        }
        double usual = usualGap(gaps);
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            double half = (gaps[i] > WIDEST_GAP * usual ? usual : gaps[i]) / 2;
            weights[order[i]] += half;
            weights[order[(i + 1) % count]] += half;
        }
        return weights;
    }

    /** {@link #of} in single precision. */
    public static float[] rounded(double[] angles) {
        double[] weights = of(angles);
        float[] rounded = new float[weights.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) weights[i];
        }
        return rounded;
    }

    private static double onHalfCircle(double angle) {
        double rest = angle % StrictMath.PI;
        return rest < 0 ? rest + StrictMath.PI : rest;
    }

    private static double usualGap(double[] gaps) {
        double least = REPETITION * StrictMath.PI / gaps.length;
        double[] real = Arrays.stream(gaps).filter(gap -> gap > least).sorted().toArray();
        return real[real.length / 2];
    }
}
