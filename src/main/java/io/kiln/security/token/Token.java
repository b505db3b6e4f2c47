package io.kiln.security.token;

import io.kiln.security.Role;
import java.time.Instant;
import java.util.Optional;

/**
 * What a script signs in with. The secret itself is nowhere kept.
 *
 * @param sequence grows with every token; what pages are keyed by
 * @param owner whom requests with it come from
 * @param role that requests have at most: less where the owner has less by now
 * @param expiresAt from when it is worth nothing
 * @param lastUsedAt to the minute; empty where it was never used
 */
public record Token(
        TokenId id,
        long sequence,
        String owner,
        String name,
        Role role,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> lastUsedAt) {}
