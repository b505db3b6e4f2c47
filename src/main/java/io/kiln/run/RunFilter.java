package io.kiln.run;

import java.util.Optional;

/** Which runs a list is about. */
public record RunFilter(Optional<BatchId> batch, Optional<RunState> state) {
    public static final RunFilter ALL = new RunFilter(Optional.empty(), Optional.empty());
}
