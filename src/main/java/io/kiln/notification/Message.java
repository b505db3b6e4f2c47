package io.kiln.notification;

import jakarta.json.JsonObject;

/**
 * One notification on its way.
 *
 * @param attempt which try this is, from 1
 * @param secret that a webhook is signed with; null for mail
 */
record Message(
        long id,
        Occasion occasion,
        Channel channel,
        String owner,
        String address,
        String secret,
        String subject,
        JsonObject content,
        int attempt) {}
