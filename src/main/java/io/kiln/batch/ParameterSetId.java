package io.kiln.batch;

import java.util.UUID;

/** Names a parameter set. */
public record ParameterSetId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
