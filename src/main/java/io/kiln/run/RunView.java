package io.kiln.run;

import java.util.List;
import java.util.Optional;

/**
 * A run as people see it.
 *
 * @param reason why it is in its state; a queued run always has one
 * @param progress empty before its input was inspected
 * @param skipped units that could not be read
 * @param devices that it holds now
 * @param executions newest first; empty in lists
 */
public record RunView(
        Run run,
        String itemName,
        String batchName,
        Optional<String> reason,
        Optional<Progress> progress,
        int skipped,
        List<String> devices,
        List<RunExecution> executions) {}
