package io.kiln.tomography;

/** What to do with a scan that does not tell its angles. */
public enum MissingAngles {
    /** Reject the scan. */
    ERROR,
    /** Space them equally from {@code rotationStart} over {@code rotationRange}, end point included. */
    EQUAL_SPACING
}
