package io.kiln.tomography.reconstruction;

/** How a slice is computed from its sinogram. */
public enum ReconstructionAlgorithm {
    /** Gridding: the projections' spectra are spread onto the slice's spectrum, which one transform turns into the slice. */
    FOURIERREC,
    /** Filtered backprojection with linear interpolation, pixel by pixel: slow, and the simplest there is. */
    LINEREC
}
