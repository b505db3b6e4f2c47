package io.kiln.security.token;

import java.util.UUID;

/** Names a token; it is no secret. */
public record TokenId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
