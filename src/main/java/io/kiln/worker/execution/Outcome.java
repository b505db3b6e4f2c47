package io.kiln.worker.execution;

import io.kiln.pipeline.UnitRange;
import java.util.List;

/** How a worker's attempt at a run ended. */
public sealed interface Outcome {
    /** @param skipped what could not be read; the output is incomplete where there is any */
    record Completed(List<UnitRange> skipped) implements Outcome {}

    /** Somebody asked for it; the same command goes on. */
    record Stopped() implements Outcome {}

    /** The same command may go on, once the cause is mended. */
    record Failed(Throwable cause) implements Outcome {}
}
