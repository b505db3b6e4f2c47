package io.kiln.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One JBeret execution of a run.
 *
 * @param batchStatus JBeret's own word for it, shown beside the run's state and never taken for it; empty where JBeret has forgotten it
 */
public record RunExecution(
        long id,
        int attempt,
        String node,
        List<String> devices,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<String> batchStatus,
        Optional<String> exitStatus) {}
