package io.kiln.event;

import java.time.Instant;
import java.util.UUID;

/**
 * Something happened to a batch, an item, a run or a node.
 *
 * @param kind {@code run}, {@code batch}, {@code item}, {@code node} or {@code root}
 * @param attempt of the run, null where there is none
 * @param state the run's new state, null where it is not about a state
 * @param reason why, null where that is plain
 */
public record Event(
        EventCursor cursor,
        Instant at,
        String kind,
        UUID batch,
        UUID item,
        UUID run,
        Integer attempt,
        String state,
        String reason) {}
