package io.kiln.notification;

import io.kiln.job.RunId;
import io.kiln.run.BatchId;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that somebody is told.
 *
 * @param id grows with every one
 * @param run that it is about; empty where it is about the batch as a whole
 * @param attempts how often it was tried to be sent
 * @param outcome how the last try ended; empty before it
 * @param endedAt when it was sent or given up; empty before that
 */
public record Notification(
        long id,
        SubscriptionId subscription,
        Occasion occasion,
        BatchId batch,
        Optional<RunId> run,
        String subject,
        State state,
        int attempts,
        Optional<String> outcome,
        Instant createdAt,
        Optional<Instant> endedAt) {
    /** How far it is. */
    public enum State {
        /** It is still to be sent, or to be sent again. */
        PENDING,

        /** It has arrived. */
        SENT,

        /** It was tried as often as it is. */
        FAILED
    }
}
