package io.kiln.tomography.reconstruction;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How much of the half circle each projection stands for. */
public final class AngleWeights {
    /**
     * A gap wider than this many of those beside it was not scanned (a missing wedge, dead frames by the dozen): nobody stands for it. Where the neighbours are
     * as wide, the scan is only coarser there.
     */
    private static final double WIDEST_GAP = 8;

    /** How many gaps tell what is usual, the one in the middle included. */
    private static final int NEIGHBOURS = 9;

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
        Gaps gaps = Gaps.between(angles);
        int count = angles.length;
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            double half = gaps.counted()[i] / 2;
            weights[gaps.order()[i]] += half;
            weights[gaps.order()[(i + 1) % count]] += half;
        }
        return weights;
    }

    /** How many of the 180 degrees of the half circle were not scanned, so that no projection stands for them. */
    public static double unscannedDegrees(double[] angles) {
        Gaps gaps = Gaps.between(angles);
        double unscanned = 0;
        for (int i = 0; i < angles.length; i++) {
            unscanned += gaps.widths()[i] - gaps.counted()[i];
        }
        return StrictMath.toDegrees(unscanned);
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

    /**
     * From each angle on the half circle to the next one.
     *
     * @param order numbers of the angles, ascending on the half circle
     * @param widths of the gap behind each of them
     * @param counted what angles stand for of each gap: all of it, or what is usual there where it was not scanned
     */
    private record Gaps(Integer[] order, double[] widths, double[] counted) {
        static Gaps between(double[] angles) {
            int count = angles.length;
            double[] folded = Arrays.stream(angles).map(Gaps::onHalfCircle).toArray();
            Integer[] order = new Integer[count];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, Comparator.comparingDouble(i -> folded[i]));
            double[] widths = new double[count];
            for (int i = 0; i < count; i++) {
                widths[i] = i + 1 < count
                        ? folded[order[i + 1]] - folded[order[i]]
                        : folded[order[0]] + StrictMath.PI - folded[order[i]];
            }
            return new Gaps(order, widths, counted(widths));
        }

        private static double onHalfCircle(double angle) {
            double rest = angle % StrictMath.PI;
            return rest < 0 ? rest + StrictMath.PI : rest;
        }

        private static double[] counted(double[] widths) {
            double[] counted = widths.clone();
            double least = REPETITION * StrictMath.PI / widths.length;
            int[] spacings = IntStream.range(0, widths.length)
                    .filter(i -> widths[i] > least)
                    .toArray();
            for (int place = 0; place < spacings.length; place++) {
                double usual = usual(widths, spacings, place);
                if (widths[spacings[place]] > WIDEST_GAP * usual) {
                    counted[spacings[place]] = usual;
                }
            }
            return counted;
        }

        /** The median of a spacing and those beside it, on the circle. */
        private static double usual(double[] widths, int[] spacings, int place) {
            int count = Math.min(NEIGHBOURS, spacings.length);
            double[] near = IntStream.range(0, count)
                    .mapToDouble(i -> widths[spacings[Math.floorMod(place - count / 2 + i, spacings.length)]])
                    .sorted()
                    .toArray();
            return near[count / 2];
        }
    }
}
