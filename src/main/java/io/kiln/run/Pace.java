package io.kiln.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How fast an attempt settles slabs, and how long it has not.
 *
 * @param begun when it was claimed
 * @param settled when it last settled a slab, empty before the first
 * @param interval median time from one slab to the next, the first one's since it was claimed; empty before the first
 */
record Pace(Instant begun, Optional<Instant> settled, Optional<Duration> interval) {
    /** Without a slab for so many of its own intervals an attempt has stalled. */
    static final int INTERVALS = 10;

    /** However fast it was, so long a pause is nothing: a file system may take it. */
    static final Duration LEAST = Duration.ofMinutes(2);

    /** Until the first slab, in which the input is inspected, perhaps decompressed, and its centre found. */
    static final Duration FIRST = Duration.ofMinutes(30);

    /** Since when the attempt has stalled: its last progress, where that is longer ago than its pace explains. */
    Optional<Instant> stalledSince(Instant now) {
        Instant last = settled.orElse(begun);
        return now.isAfter(last.plus(patience())) ? Optional.of(last) : Optional.empty();
    }

    /** How long the attempt may go without a slab. */
    Duration patience() {
        return interval.map(one -> one.multipliedBy(INTERVALS))
                .map(ten -> ten.compareTo(LEAST) > 0 ? ten : LEAST)
                .orElse(FIRST);
    }
}
