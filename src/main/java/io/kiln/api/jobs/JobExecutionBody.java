package io.kiln.api.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A JSR-352 job execution.
 *
 * @param run the run that it executes; null for a plain job's
 * @param batchCreatedBy who made the run's batch; null for a plain job's
 * @param batchShared whether others change that batch and its runs, too; null for a plain job's
 * @param parameters job parameters; null in lists
 * @param steps in the order in which they began; null in lists
 */
public record JobExecutionBody(
        long id,
        long instance,
        String job,
        String batchStatus,
        String exitStatus,
        Instant createTime,
        Instant startTime,
        Instant endTime,
        Instant lastUpdatedTime,
        UUID run,
        String batchCreatedBy,
        Boolean batchShared,
        Map<String, String> parameters,
        List<StepBody> steps) {
    /**
     * A step execution.
     *
     * @param metrics the JSR-352 metrics by name, for example READ_COUNT
     * @param exception stack trace, cut off after 2048 characters
     * @param partitions empty where the step is not partitioned
     */
    public record StepBody(
            long id,
            String name,
            String batchStatus,
            String exitStatus,
            Instant startTime,
            Instant endTime,
            Map<String, Long> metrics,
            String exception,
            List<PartitionBody> partitions) {}

    /** A partition execution. */
    public record PartitionBody(int id, String batchStatus, String exitStatus, String exception) {}

    JobExecutionBody with(Map<String, String> jobParameters, List<StepBody> jobSteps) {
        return new JobExecutionBody(
                id,
                instance,
                job,
                batchStatus,
                exitStatus,
                createTime,
                startTime,
                endTime,
                lastUpdatedTime,
                run,
                batchCreatedBy,
                batchShared,
                jobParameters,
                jobSteps);
    }
}
