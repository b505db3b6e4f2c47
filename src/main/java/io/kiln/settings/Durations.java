package io.kiln.settings;

import java.time.Duration;

/** How often the nodes of a cluster look after each other. They depend on each other, so they are not settings. */
public final class Durations {
    /** A node says that it lives, renews its leases, and compares its runs with what it executes. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** A node that could not renew its leases for this long stops its work: before anybody else may take it. */
    public static final Duration SELF_FENCE = Duration.ofSeconds(45);

    /** A lease that was not renewed for this long is nobody's; a node is dead without a heartbeat for this long. */
    public static final Duration LEASE = Duration.ofSeconds(60);

    /** A claimed run that no execution was admitted for in this time is queued again. */
    public static final Duration ADMISSION = Duration.ofSeconds(60);

    /** A device that failed again and again is left alone for this long. */
    public static final Duration QUARANTINE = Duration.ofMinutes(10);

    /** A device whose memory others have taken is left alone for this long. */
    public static final Duration REST = Duration.ofMinutes(1);

    private Durations() {}
}
