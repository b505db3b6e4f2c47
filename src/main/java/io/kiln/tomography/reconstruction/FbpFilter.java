package io.kiln.tomography.reconstruction;

import static java.lang.StrictMath.PI;
import static java.lang.StrictMath.cos;
import static java.lang.StrictMath.sin;

/** The window that the ramp filter of filtered backprojection is multiplied with. The names are tomocupy's. */
public enum FbpFilter {
    RAMP,
    SHEPP,
    HANN,
    HAMMING,
    PARZEN,
    COSINE,
    COSINE2;

    /**
     * The window's value.
     *
     * @param frequency in cycles per pixel, 0 to 0.5
     */
    double window(double frequency) {
        return switch (this) {
            case RAMP -> 1;
            case SHEPP -> frequency == 0 ? 1 : sin(PI * frequency) / (PI * frequency);
            case HANN -> 0.5 + 0.5 * cos(2 * PI * frequency);
            case HAMMING -> 0.54 + 0.46 * cos(2 * PI * frequency);
            case PARZEN -> (1 - 2 * frequency) * (1 - 2 * frequency) * (1 - 2 * frequency);
            case COSINE -> cos(PI * frequency);
            case COSINE2 -> cos(PI * frequency) * cos(PI * frequency);
        };
    }
}
