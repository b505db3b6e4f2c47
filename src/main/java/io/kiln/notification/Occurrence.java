package io.kiln.notification;

import io.kiln.event.Event;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that people may want to be told of.
 *
 * @param item of the run
 * @param run empty for what is of the batch as a whole
 * @param reason what the event said; empty where it said nothing
 */
record Occurrence(Occasion occasion, UUID batch, Optional<UUID> item, Optional<UUID> run, Optional<String> reason) {
    static Occurrence of(Occasion occasion, Event event) {
        return new Occurrence(
                occasion,
                event.batch(),
                Optional.ofNullable(event.item()),
                Optional.of(event.run()),
                Optional.ofNullable(event.reason()));
    }

    static Occurrence of(Occasion occasion, UUID batch) {
        return new Occurrence(occasion, batch, Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public String toString() {
        return occasion + " of batch " + batch + run.map(id -> ", run " + id).orElse("");
    }
}
