package io.kiln.tomography.reconstruction;

/** What the values of a slice mean. */
public enum Amplitude {
    /** The attenuation per pixel: a disc of attenuation μ per pixel reconstructs to μ. */
    ATTENUATION(1),
    /** 4/π times the attenuation per pixel, as tomocupy writes it. */
    TOMOCUPY(4 / StrictMath.PI);

    private final double factor;

    Amplitude(double factor) {
        this.factor = factor;
    }

    double factor() {
        return factor;
    }
}
