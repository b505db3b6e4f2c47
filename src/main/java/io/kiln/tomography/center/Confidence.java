package io.kiln.tomography.center;

/** How far an automatically found centre can be trusted. */
public enum Confidence {
    /** Both methods agree. */
    HIGH,
    /** They differ by a little. */
    MEDIUM,
    /** They contradict each other, or one of them has found nothing: look at a try. */
    LOW
}
