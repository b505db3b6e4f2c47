package io.kiln.tomography;

/** How slices are saved. */
public enum SaveFormat {
    /** One TIFF file a slice. */
    TIFF,
    /** One HDF5 file for all slices. */
    H5
}
