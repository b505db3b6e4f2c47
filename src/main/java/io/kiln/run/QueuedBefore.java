package io.kiln.run;

import java.time.Instant;
import java.util.Optional;

/**
 * How a run that is claimed had come into the queue.
 *
 * @param by who queued it first
 * @param at when
 * @param reason why it is in the queue again; empty where it is there for the first time
 */
record QueuedBefore(String by, Instant at, Optional<String> reason) {}
