package io.kiln.tomography.center;

/**
 * Where phase correlation is highest.
 *
 * @param column of the axis
 * @param rival the highest correlation anywhere else, over that at the peak: near 0 where one shift alone explains the projections, near 1 where another
 *     does as well
 */
record PhasePeak(double column, double rival) {
    /**
     * On 240 scans of a phantom with 20 to 30,000 counts in the open beam, whole or with up to half of the columns cropped away, no peak with a lower
     * rival was more than 1.5 px away from the axis.
     */
    private static final double LARGEST_RIVAL = 0.6;

    /** Whether it stands out, so that it is evidence by itself. */
    boolean isDistinct() {
        return rival <= LARGEST_RIVAL;
    }
}
