package io.kiln.tomography.reconstruction;

/** The buffers for one pair of slices at a time, allocated once. For one thread at a time; it brings in the helpers of its {@link Team} by itself. */
public interface Workspace {
    /**
     * Reconstructs two slices in one complex transform. Rounding couples the two: the bytes of a slice depend on its partner (never its values beyond
     * rounding), so callers pair by absolute slice number, not by where a slab begins.
     *
     * @param second the partner, or null; it may be the same sinogram with another centre
     * @param secondSlice null exactly where {@code second} is
     * @throws IllegalArgumentException when a buffer is too short or a centre is not finite
     */
    void reconstruct(Sinogram first, Sinogram second, Slice firstSlice, Slice secondSlice);
}
