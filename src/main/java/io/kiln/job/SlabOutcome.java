package io.kiln.job;

/** How a slab ended; both are durable. */
public enum SlabOutcome {
    /** computed and written */
    DONE,
    /** its input could not be read; its units hold NaN */
    SKIPPED
}
