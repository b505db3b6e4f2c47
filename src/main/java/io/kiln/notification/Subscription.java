package io.kiln.notification;

import io.kiln.run.BatchId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody's wish to be told.
 *
 * @param sequence grows with every subscription; what pages are keyed by
 * @param batch which one; empty for every batch that the owner makes
 * @param address a mail address, or a URL
 */
public record Subscription(
        SubscriptionId id,
        long sequence,
        String owner,
        Optional<BatchId> batch,
        Set<Occasion> occasions,
        Channel channel,
        String address,
        Instant createdAt) {}
