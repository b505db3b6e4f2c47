package io.kiln.tomography.center;

/** How far an automatically found centre can be trusted. */
public enum Confidence {
    /** Both methods agree, and phase correlation has one clear peak. */
    HIGH,
    /** They differ by a little, or they agree where phase correlation has no clear peak. */
    MEDIUM,
    /** They contradict each other, or one of them has found nothing: look at a try. */
    LOW
}
