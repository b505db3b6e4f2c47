package io.kiln.api.runs;

import io.kiln.run.Progress;
import io.kiln.run.Run;
import io.kiln.run.RunExecution;
import io.kiln.run.RunState;
import io.kiln.run.RunView;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A run as it is answered.
 *
 * @param reason why it is in its state; a queued run always has one
 * @param parameters resolved: every parameter has its value
 * @param input the item's file, absolute
 * @param origins by a parameter's name, who gave its value: DEFAULT, BATCH, ITEM or REQUEST; null in lists, and where it was not kept
 * @param plan what inspecting the input has found, such as the centre of rotation; null before, and in lists
 * @param progress null before the input was inspected
 * @param skipped units that could not be read
 * @param incomplete true where the output holds units that could not be read
 * @param attempt number of the newest claim, 0 before the first
 * @param executions newest first; empty in lists
 * @param stalled true while it is running and settles nothing for longer than its own pace explains
 * @param stalledSince its last progress, where it has stalled
 * @param devices that it holds now
 * @param urgent whether it goes before all that are not, and may take their devices
 * @param output the published folder or file, absolute; it exists once the run is completed
 */
public record RunBody(
        UUID id,
        UUID batch,
        String batchName,
        UUID item,
        String itemName,
        String input,
        String pipeline,
        RunState state,
        String reason,
        JsonObject parameters,
        JsonObject origins,
        JsonObject plan,
        ProgressBody progress,
        int skipped,
        boolean incomplete,
        boolean stalled,
        Instant stalledSince,
        int attempt,
        List<ExecutionBody> executions,
        List<String> devices,
        String target,
        String node,
        boolean urgent,
        int priority,
        Instant notBefore,
        String output,
        String queuedBy,
        Instant queuedAt,
        Instant startedAt,
        Instant endedAt) {
    /**
     * How far a run is.
     *
     * @param done units that are settled, the skipped ones among them
     * @param unit what one unit is called
     * @param etaSeconds null where it is unknown
     */
    public record ProgressBody(int done, int total, String unit, double ratePerSecond, Double etaSeconds) {
        public static ProgressBody of(Progress progress) {
            return new ProgressBody(
                    progress.done(),
                    progress.total(),
                    progress.unit(),
                    progress.ratePerSecond(),
                    progress.etaSeconds().orElse(null));
        }
    }

    /**
     * One JBeret execution of a run.
     *
     * @param batchStatus JBeret's own word for it
     */
    public record ExecutionBody(
            long id,
            int attempt,
            String node,
            List<String> devices,
            Instant startedAt,
            Instant endedAt,
            String batchStatus,
            String exitStatus) {
        static ExecutionBody of(RunExecution execution) {
            return new ExecutionBody(
                    execution.id(),
                    execution.attempt(),
                    execution.node(),
                    execution.devices(),
                    execution.startedAt(),
                    execution.endedAt().orElse(null),
                    execution.batchStatus().orElse(null),
                    execution.exitStatus().orElse(null));
        }
    }

    /**
     * @param input the item's file, absolute
     * @param output where the run's result goes, absolute
     */
    public static RunBody of(RunView view, Path input, Path output) {
        Run run = view.run();
        return new RunBody(
                run.id().value(),
                run.batch().value(),
                view.batchName(),
                run.item().value(),
                view.itemName(),
                input.toString(),
                run.pipeline().value(),
                run.state(),
                view.reason().orElse(null),
                run.parameters(),
                run.origins().orElse(null),
                run.plan().orElse(null),
                view.progress().map(ProgressBody::of).orElse(null),
                view.skipped(),
                run.incomplete(),
                run.stalledSince().isPresent(),
                run.stalledSince().orElse(null),
                run.attempt(),
                view.executions().stream().map(ExecutionBody::of).toList(),
                view.devices(),
                run.target().value(),
                run.node().orElse(null),
                run.urgent(),
                run.priority(),
                run.notBefore().orElse(null),
                output.toString(),
                run.queuedBy(),
                run.queuedAt(),
                run.startedAt().orElse(null),
                run.endedAt().orElse(null));
    }

    /** The same without what would make a page of many runs long. */
    RunBody inList() {
        return new RunBody(
                id,
                batch,
                batchName,
                item,
                itemName,
                input,
                pipeline,
                state,
                reason,
                parameters,
                null,
                null,
                progress,
                skipped,
                incomplete,
                stalled,
                stalledSince,
                attempt,
                List.of(),
                devices,
                target,
                node,
                urgent,
                priority,
                notBefore,
                output,
                queuedBy,
                queuedAt,
                startedAt,
                endedAt);
    }
}
