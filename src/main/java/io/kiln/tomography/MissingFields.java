package io.kiln.tomography;

/** What to do with a scan that has no flat fields, or no dark fields. */
public enum MissingFields {
    /** Reject the scan. */
    ERROR,
    /** Go on without: the flat field is taken to be 1, the dark field to be 0. */
    UNCORRECTED
}
