package io.kiln.integration;

import java.time.Duration;

/** How long tests wait for what should come at once: where it comes, a long wait costs nothing, and a busy machine may take its time. */
public final class Patience {
    public static final Duration LIMIT = Duration.ofMinutes(5);

    private Patience() {}
}
